package holdfast.incident;

import holdfast.alarm.Alarm;
import holdfast.catalog.Point;
import holdfast.journal.Event;
import holdfast.plan.AssetId;
import holdfast.plan.Component;
import holdfast.plan.Plans;
import holdfast.plan.Severity;
import holdfast.plan.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Alarms of Holdfast's own: what its runs and messages say. */
public final class OwnAlarms {

  /** The fact that names the channel which is itself the trouble. */
  static final String CHANNEL = "channel";

  /** What the fingerprints of troubles on the way of alarms begin with. */
  static final String WAY = "holdfast/alarm-test";

  /**
   * What the fingerprints of channels in trouble begin with; the channel follows. Those of assets
   * can begin so too: a system may bear any name, and only the kind tells them apart.
   */
  static final String CHANNELS = "holdfast/channel/";

  /** The kind of alarms about channels that take no messages. */
  static final String MESSAGE = "holdfast-message";

  /** How many of an asset's newest points are looked at. */
  static final int POINTS = 100;

  /** The sender of all of them. */
  public static final String SENDER = "holdfast";

  /** What the kinds of all of them begin with; no reader of foreign events gives such a kind. */
  private static final String KIND = "holdfast-";

  private final Plans plans;
  private final Function<AssetId, List<Point>> points;

  /**
   * Alarms for the assets of a plan.
   *
   * @param points an asset's points, newest first
   */
  public OwnAlarms(Plans plans, Function<AssetId, List<Point>> points) {
    this.plans = plans;
    this.points = points;
  }

  /**
   * The alarms that an event of a run stands for: of one that failed, the trouble; of one that went
   * well, its end.
   *
   * @param receipt names the event for good
   */
  public List<Alarm> of(String receipt, Event event) {
    Trouble trouble =
        switch (event.type()) {
          case BACKUP_FAILED, BACKUP_MISSED -> Trouble.BACKUP;
          case PROOF_FAILED, PROOF_IMPOSSIBLE -> Trouble.PROOF;
          case RESTORE_FAILED -> Trouble.RESTORE;
          case POINT_GOOD, POINT_PROVEN, RESTORE_DONE, BACKUP_SKIPPED, COPY_FAILED -> null;
        };
    if (trouble != null) {
      return List.of(alarm(receipt, 0, event, trouble, Alarm.State.FIRING));
    }
    return switch (event.type()) {
      case POINT_GOOD -> List.of(alarm(receipt, 0, event, Trouble.BACKUP, Alarm.State.CLEARED));
      case POINT_PROVEN ->
          isNewest(event)
              ? List.of(alarm(receipt, 0, event, Trouble.PROOF, Alarm.State.CLEARED))
              : List.of();
      case RESTORE_DONE -> List.of(alarm(receipt, 0, event, Trouble.RESTORE, Alarm.State.CLEARED));
      default -> List.of();
    };
  }

  /** An old point that is proven says nothing of a younger one whose proof went wrong. */
  private boolean isNewest(Event event) {
    String proven = event.point();
    return proven == null
        || points.apply(event.asset()).stream()
            .takeWhile(point -> point.id().compareTo(proven) > 0)
            .allMatch(point -> point.proof() == null || point.state() == Point.State.PROVEN);
  }

  /** What can be wrong with an asset. */
  enum Trouble {
    BACKUP,
    PROOF,
    RESTORE,
    STALE,
    SLOW
  }

  private Alarm alarm(String receipt, int part, Event event, Trouble trouble, Alarm.State state) {
    Severity severity = event.type().severity();
    return new Alarm(
        receipt,
        part,
        SENDER,
        "holdfast-run",
        event.type().name(),
        state,
        severity == null ? Severity.LOW : severity,
        Situation.BACKUP,
        subject(plans, event.asset()),
        title(event),
        text(event),
        event.at(),
        Alarm.Clock.EVENT,
        0,
        fingerprint(event.asset().toString(), trouble),
        null,
        facts(event));
  }

  /**
   * The channel that is itself the trouble; absent for any other alarm. A fact of that name in
   * somebody else's event, such as a label, must silence nobody.
   */
  static @Nullable String spared(Alarm alarm) {
    boolean ours = SENDER.equals(alarm.sender()) && alarm.kind().startsWith(KIND);
    return ours ? alarm.facts().get(CHANNEL) : null;
  }

  static String fingerprint(String asset, Trouble trouble) {
    return "holdfast/%s/%s".formatted(asset, trouble.name().toLowerCase(Locale.ROOT));
  }

  /** What alarms about an asset are about. */
  public static Alarm.Subject subject(Plans plans, AssetId asset) {
    String component =
        plans.asset(asset).flatMap(plans::component).map(Component::name).orElse(null);
    boolean known = plans.system(asset.system()).isPresent();
    return new Alarm.Subject(
        known ? asset.system() : null, component, asset.asset(), asset.toString(), "", "");
  }

  private static String title(Event event) {
    String what =
        switch (event.type()) {
          case BACKUP_FAILED -> "The backup of %s failed";
          case BACKUP_MISSED -> "A backup of %s did not begin";
          case PROOF_FAILED -> "A recovery point of %s failed its proof";
          case PROOF_IMPOSSIBLE -> "A recovery point of %s could not be proven";
          case RESTORE_FAILED -> "A restore of %s failed";
          case COPY_FAILED -> "A copy of a recovery point of %s was not made";
          case POINT_GOOD, POINT_PROVEN, RESTORE_DONE, BACKUP_SKIPPED -> "%s is well";
        };
    return what.formatted(event.asset());
  }

  private static String text(Event event) {
    Object failure = event.facts().getOrDefault("failure", event.facts().get("reason"));
    return failure == null ? "" : failure.toString();
  }

  private static Map<String, String> facts(Event event) {
    Map<String, String> facts = new TreeMap<>();
    if (!event.runId().isEmpty()) {
      facts.put("run", event.runId());
    }
    if (event.point() != null) {
      facts.put("point", event.point());
    }
    return facts;
  }

  /**
   * What one of the watches looks at.
   *
   * @param kind which watch
   * @param fingerprint the same as long as it is the same trouble
   */
  public record Watched(
      String kind,
      Severity severity,
      Situation situation,
      Alarm.Subject subject,
      String title,
      String fingerprint) {}

  /** That something watched is in trouble, or no longer is. */
  public static Alarm watched(
      String receipt, Watched what, Alarm.State state, String text, Instant at) {
    return new Alarm(
        receipt,
        0,
        SENDER,
        what.kind(),
        what.kind(),
        state,
        what.severity(),
        what.situation(),
        what.subject(),
        what.title(),
        text,
        at,
        Alarm.Clock.EVENT,
        0,
        what.fingerprint(),
        null,
        Map.of());
  }

  /** That a channel does not take messages, or takes them again. */
  static Alarm channel(
      String receipt, String channel, Alarm.State state, @Nullable String error, Instant at) {
    return new Alarm(
        receipt,
        0,
        SENDER,
        MESSAGE,
        channel,
        state,
        Severity.HIGH,
        Situation.HOLDFAST,
        new Alarm.Subject(null, null, null, "channel " + channel, "", ""),
        "Messages about incidents do not get through to %s".formatted(channel),
        error == null
            ? "It has not answered yet: 'holdfast check' finds a secret that is missing."
            : "Its last answer: " + error,
        at,
        Alarm.Clock.EVENT,
        0,
        CHANNELS + channel,
        null,
        Map.of(CHANNEL, channel));
  }

  /**
   * What a test of the way of alarms found.
   *
   * @param channel the one in trouble; absent where it is the way up to the channels
   */
  static Alarm way(
      String receipt,
      @Nullable String channel,
      Alarm.State state,
      Severity severity,
      String title,
      String text,
      Instant at) {
    String resource = channel == null ? "the way of alarms" : "channel " + channel;
    return new Alarm(
        receipt,
        0,
        SENDER,
        "holdfast-alarm-test",
        resource,
        state,
        severity,
        Situation.HOLDFAST,
        new Alarm.Subject(null, null, null, resource, "", ""),
        title,
        text,
        at,
        Alarm.Clock.EVENT,
        0,
        channel == null ? WAY : WAY + "/" + channel,
        null,
        channel == null ? Map.of() : Map.of(CHANNEL, channel));
  }
}
