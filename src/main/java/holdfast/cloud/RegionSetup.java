package holdfast.cloud;

import holdfast.cloud.Change.Outcome;
import holdfast.cloud.Change.State;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One region of one system, or of one sender's topics: what it comes to, and, on request, put in
 * place step by step. Queues come first, so that no rule ever sends into nothing.
 */
final class RegionSetup {

  private final AwsClients aws;
  private final Calls calls;
  private final CloudSettings settings;
  private final List<Keeper> keepers;
  private Place place;
  private @Nullable String problem;

  private RegionSetup(
      Place place, Calls calls, AwsClients aws, CloudSettings settings, List<Keeper> keepers) {
    this.aws = aws;
    this.settings = settings;
    this.calls = calls;
    this.place = place;
    this.keepers = keepers;
  }

  static RegionSetup ofSystem(Place unknown, AwsClients aws, CloudSettings settings) {
    Calls calls = Calls.of(unknown);
    List<Keeper> keepers =
        List.of(
            new QueueKeeper(aws.sqs(), calls, true),
            new QueueKeeper(aws.sqs(), calls, false),
            new RuleKeeper(aws.events(), calls),
            SubscriptionKeeper.ofQueue(aws.sns(), calls),
            new AlarmKeeper(aws.cloudWatch(), calls));
    return new RegionSetup(unknown, calls, aws, settings, keepers);
  }

  /** What lets a sender's topics post to {@code address}. */
  static RegionSetup ofDoor(Place place, String address, AwsClients aws, CloudSettings settings) {
    Calls calls = Calls.of(place);
    return new RegionSetup(
        place,
        calls,
        aws,
        settings,
        List.of(SubscriptionKeeper.ofAddress(aws.sns(), calls, address)));
  }

  /** What the record calls it. */
  String name() {
    return place.system() + "/" + place.spec().access().region();
  }

  /** Reads only. */
  AlarmReport status() {
    List<Change> changes = new ArrayList<>();
    try {
      for (Keeper keeper : keepers) {
        decide(keeper).forEach(change -> changes.add(noted(keeper, change)));
      }
    } catch (RunException failed) {
      problem = failed.getMessage();
    }
    return report(changes);
  }

  private Change noted(Keeper keeper, Change change) {
    boolean wanted = change.state() != State.FOREIGN && change.state() != State.OBSOLETE;
    return wanted && change.note() == null
        ? change.with(keeper.note(place, change.name()))
        : change;
  }

  /**
   * Puts in place what is missing or different.
   *
   * @param remove whether what is ours and no longer wanted goes
   * @param audit hears of each change before it is made, and again if it failed
   */
  AlarmReport apply(boolean remove, BiConsumer<Change, @Nullable String> audit) {
    List<Change> changes = new ArrayList<>();
    for (Keeper keeper : keepers) {
      try {
        for (Change change : problem == null ? decide(keeper) : List.<Change>of()) {
          changes.add(change(keeper, change, remove, audit));
        }
      } catch (RunException failed) {
        problem = failed.getMessage();
      }
      if (problem != null) {
        changes.addAll(notTried(keeper, changes));
      }
    }
    return report(changes);
  }

  /** What stands in the plan and was not come to. */
  private List<Change> notTried(Keeper keeper, List<Change> before) {
    return keeper.wanted(place).stream()
        .filter(
            thing ->
                before.stream()
                    .noneMatch(
                        one -> one.kind() == keeper.kind() && one.name().equals(thing.name())))
        .map(thing -> AlarmPlan.of(place.system(), keeper.kind(), thing, null))
        .map(change -> change.with(Outcome.NOT_TRIED))
        .toList();
  }

  private List<Change> decide(Keeper keeper) {
    if (!place.isKnown()) {
      Optional<String> arn = QueueKeeper.anyArn(aws.sqs(), calls, place.spec());
      arn.ifPresent(one -> place = place.at(one));
    }
    return AlarmPlan.decide(
        place.system(), keeper.kind(), keeper.wanted(place), keeper.found(place));
  }

  private Change change(
      Keeper keeper, Change change, boolean remove, BiConsumer<Change, @Nullable String> audit) {
    if (change.state() == State.TAKEN && change.kind() == Change.Kind.QUEUE && problem == null) {
      problem = taken(change);
      return change;
    }
    boolean put = change.state() == State.CREATE || change.state() == State.CHANGE;
    if (!put && !(remove && change.state() == State.OBSOLETE)) {
      return change;
    }
    if (problem != null) {
      return change.with(Outcome.NOT_TRIED);
    }
    audit.accept(change, null);
    try {
      make(keeper, change);
      return change.with(Outcome.DONE);
    } catch (RunException failed) {
      problem = failed.getMessage();
      audit.accept(change, problem);
      return change.with(Outcome.FAILED);
    }
  }

  /** Everything else sends into the queues: into a stranger's, nothing is sent. */
  private String taken(Change change) {
    return String.valueOf(
        calls
            .failure(
                Code.DENIED,
                false,
                "queue %s is not ours, and what would send into it was not tried. %s"
                    .formatted(change.name(), change.note()),
                null)
            .getMessage());
  }

  private void make(Keeper keeper, Change change) {
    if (change.state() == State.OBSOLETE) {
      keeper.remove(place, change.name());
    } else {
      keeper.put(place, change.name(), change.state() == State.CHANGE);
    }
    for (int look = 0; look < settings.looks(); look++) {
      if (isMade(keeper, change)) {
        return;
      }
      LockSupport.parkNanos(settings.lookPause().toNanos());
    }
    throw calls.failure(
        Code.UNREACHABLE,
        true,
        "%s %s was written, but %d s later it is not there as written; see 'holdfast alarms plan'."
            .formatted(
                change.kind().words(),
                change.name(),
                TimeUnit.NANOSECONDS.toSeconds(settings.lookPause().toNanos() * settings.looks())),
        null);
  }

  private boolean isMade(Keeper keeper, Change change) {
    Optional<Thing> there = keeper.find(place, change.name());
    if (change.state() == State.OBSOLETE) {
      return there.isEmpty();
    }
    return keeper.wanted(place).stream()
        .filter(thing -> thing.name().equals(change.name()))
        .map(thing -> AlarmPlan.of(place.system(), keeper.kind(), thing, there.orElse(null)))
        .allMatch(now -> now.state() == State.SAME);
  }

  private AlarmReport report(List<Change> changes) {
    return new AlarmReport(
        place.system(), place.spec().access().region(), List.copyOf(changes), problem);
  }
}
