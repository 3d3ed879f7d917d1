package holdfast.alarm;

import holdfast.alarm.Alarm.State;
import holdfast.plan.Plans;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a sender delivered. */
public final class AlarmReader {

  /** The most alarms that one delivery can be, beside those that are over. */
  static final int MAX_ALARMS = 100;

  /** The worst first, so that a limit leaves out the least. */
  private static final Comparator<Typed> BY_WEIGHT =
      Comparator.comparing((Typed one) -> one.decision().state() != State.FIRING)
          .thenComparing(one -> one.decision().severity());

  private final Formats formats;
  private final Rulebook rules;

  /** Reads by the rules of these plans; bare texts of our own are known by {@code mark}. */
  public AlarmReader(Plans plans, OwnMark mark) {
    this.formats = new Formats(plans, mark);
    this.rules = new Rulebook(plans);
  }

  /** Reads by the rules of these plans, and knows no bare text of our own. */
  public AlarmReader(Plans plans) {
    this(plans, OwnMark.unknown());
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
    int unread = delivery.trouble() == null ? 0 : 1;
    String trouble = delivery.trouble();
    List<Format> known = formats.of(arrival);
    for (Event event : delivery.events()) {
      int before = all.size();
      try {
        Formats.drafts(known, event)
            .forEach(draft -> all.add(typed(arrival, event.envelope(), draft)));
      } catch (RuntimeException fault) {
        trouble = fault(fault);
      }
      unread += all.size() == before ? 1 : 0;
    }
    if (all.isEmpty()) {
      throw new Unreadable(trouble == null ? unknown(known, delivery) : trouble);
    }
    int most = unread > 0 ? MAX_ALARMS - 1 : MAX_ALARMS;
    List<Alarm> alarms = alarms(arrival, all, most, delivery.further());
    if (unread > 0) {
      String why = trouble == null ? "It is of no known format." : trouble;
      alarms.add(IntakeAlarms.partly(arrival, alarms.size(), unread, why));
    }
    return Reading.of(alarms);
  }

  private Typed typed(Arrival arrival, Envelope envelope, Draft draft) {
    draft.sender = arrival.sender();
    return new Typed(envelope, draft, rules.decide(draft));
  }

  private static List<Alarm> alarms(Arrival arrival, List<Typed> all, int most, int beyond) {
    List<Typed> kept = all;
    if (all.size() > most) {
      kept = new ArrayList<>(those(all, false).sorted(BY_WEIGHT).limit(most).toList());
      kept.addAll(those(all, true).toList());
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

  /** What is over opens nothing, and a trouble whose end is left out would stay open for ever. */
  private static Stream<Typed> those(List<Typed> all, boolean over) {
    return all.stream().filter(one -> (one.decision().state() == State.CLEARED) == over);
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
