package holdfast.alarm;

import holdfast.alarm.Alarm.State;
import holdfast.plan.Plans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads what a sender delivered. */
public final class AlarmReader {

  /** The most alarms that one delivery can be. */
  static final int MAX_ALARMS = 100;

  /** The worst first, so that a limit leaves out the least. */
  private static final Comparator<Typed> BY_WEIGHT =
      Comparator.comparing((Typed one) -> one.decision().state() != State.FIRING)
          .thenComparing(one -> one.decision().state() != State.CLEARED)
          .thenComparing(one -> one.decision().severity());

  private final Formats formats;
  private final Rulebook rules;

  /** Reads by the rules of these plans. */
  public AlarmReader(Plans plans) {
    this.formats = new Formats(plans);
    this.rules = new Rulebook(plans);
  }

  /** What the delivery says; never throws, whatever stands in it. */
  public Reading read(Arrival arrival) {
    try {
      return carefully(arrival);
    } catch (Unreadable refused) {
      return Reading.refused(String.valueOf(refused.getMessage()));
    } catch (RuntimeException | StackOverflowError fault) {
      return Reading.refused(fault(fault));
    }
  }

  private Reading carefully(Arrival arrival) throws Unreadable {
    if (arrival.body().isBlank()) {
      throw new Unreadable("The body is empty.");
    }
    if (arrival.body().length() > Json.MAX_BODY) {
      throw new Unreadable("The body is larger than 1 MiB.");
    }
    Unwrapping delivery = Unwrapping.of(arrival.body(), Envelope.of(arrival));
    List<Typed> all = new ArrayList<>();
    String trouble = delivery.trouble();
    List<Format> known = formats.of(arrival);
    for (Event event : delivery.events()) {
      try {
        Formats.drafts(known, event)
            .forEach(draft -> all.add(typed(arrival, event.envelope(), draft)));
      } catch (RuntimeException fault) {
        trouble = fault(fault);
      }
    }
    if (all.isEmpty()) {
      throw new Unreadable(trouble == null ? unknown(known, delivery) : trouble);
    }
    return Reading.of(alarms(arrival, all, delivery.further()));
  }

  private Typed typed(Arrival arrival, Envelope envelope, Draft draft) {
    draft.sender = arrival.sender();
    return new Typed(envelope, draft, rules.decide(draft));
  }

  private static List<Alarm> alarms(Arrival arrival, List<Typed> all, int beyond) {
    List<Typed> kept = all;
    if (all.size() > MAX_ALARMS) {
      kept = all.stream().sorted(BY_WEIGHT).limit(MAX_ALARMS).toList();
    }
    int further = all.size() - kept.size() + beyond;
    if (further > 0) {
      kept.get(0).draft().facts.put("further alarms", Integer.toString(further));
    }
    List<Alarm> alarms = new ArrayList<>();
    for (Typed one : kept) {
      alarms.add(one.alarm(arrival, alarms.size()));
    }
    return alarms;
  }

  private static String unknown(List<Format> known, Unwrapping delivery) {
    if (known.stream().anyMatch(Generic.class::isInstance)) {
      return "The body has nothing at the place where the sender's mapping looks for a title.";
    }
    return delivery.events().stream().allMatch(event -> event.body().isMissingNode())
        ? "The body is plain text that no known source writes."
        : "The body is JSON of no known format; a sender of kind generic with a mapping can read it.";
  }

  private static String fault(Throwable fault) {
    return "Reading the body went wrong (%s); please report it with the body."
        .formatted(fault.getClass().getSimpleName());
  }
}
