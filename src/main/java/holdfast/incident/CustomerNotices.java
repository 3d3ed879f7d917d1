package holdfast.incident;

import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.Ids;
import holdfast.journal.Outbox;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices for customers: anybody who deals with an incident drafts one, and it leaves, once, in the
 * moment in which somebody else approves the very words. Every step is in the audit.
 */
public final class CustomerNotices {

  /** Every channel that may carry a notice carries this much uncut. */
  public static final int BODY_MAX = 3000;

  public static final int TITLE_MAX = 150;

  /** What is still to be filled in, as the template marks it. */
  private static final Pattern GAP = Pattern.compile("\\[[^\\]\\n]{1,200}]");

  private final Transaction journal;
  private final CustomerNoticeRows rows;
  private final Audit audit;
  private final Outbox outbox;
  private final Chronicle chronicle;
  private final IncidentRows incidents;
  private final Ids ids;
  private final Plans plans;
  private final InstantSource clock;

  public CustomerNotices(
      Transaction journal, Audit audit, Outbox outbox, Ids ids, Plans plans, InstantSource clock) {
    this.journal = journal;
    this.rows = new CustomerNoticeRows(journal);
    this.audit = audit;
    this.outbox = outbox;
    this.chronicle = new Chronicle(new TimelineRows(journal), audit);
    this.incidents = new IncidentRows(journal);
    this.ids = ids;
    this.plans = plans;
    this.clock = clock;
  }

  /** The channels that can carry a notice whole and to nobody who is not meant. */
  public List<String> channels() {
    return plans.installation().channels().values().stream()
        .filter(CustomerNotices::carries)
        .map(ChannelSpec::name)
        .toList();
  }

  private static boolean carries(ChannelSpec channel) {
    return channel instanceof ChannelSpec.StatusPage
        || channel instanceof ChannelSpec.Sns
        || (channel instanceof ChannelSpec.Email email && !email.to().isEmpty());
  }

  /**
   * Keeps a draft; its id. Nothing is sent.
   *
   * @throws RunException INVALID when there is no such incident, or the text cannot be carried
   */
  public String draft(String incident, CustomerNotice.Text text, String actor) {
    check(incident, text);
    return journal.in(
        () -> {
          existing(incident);
          String id = ids.next();
          rows.insert(id, incident, stripped(text), actor, now());
          note(incident, actor, "A notice for customers was drafted; it waits for an approval.");
          return id;
        });
  }

  /**
   * Changes a draft.
   *
   * @param version the one that was changed
   * @throws RunException INVALID as {@link #draft}, REFUSED when it is decided, or was changed
   *     meanwhile
   */
  public void write(String id, int version, CustomerNotice.Text text, String actor) {
    check(id, text);
    journal.run(
        () -> {
          CustomerNotice notice = draft(id, version);
          rows.update(id, stripped(text), actor, now());
          note(notice.incident(), actor, "The notice for customers was changed.");
        });
  }

  /**
   * Approves the words of that version, and hands them to the channels in the same transaction.
   *
   * @throws RunException REFUSED when it is decided, was changed meanwhile, was written by {@code
   *     actor}, has a gap or has no channel
   */
  public void approve(String id, int version, String actor) {
    journal.run(
        () -> {
          CustomerNotice notice = draft(id, version);
          Incident incident = existing(notice.incident());
          ready(notice, actor);
          Instant now = now();
          rows.decide(id, CustomerNotice.State.SENT, actor, now);
          String json = message(notice, incident, now).json();
          notice.channels().forEach(channel -> outbox.tell(channel, incident.id(), json));
          note(
              incident.id(),
              actor,
              "The notice for customers was approved and sent through %s."
                  .formatted(String.join(", ", notice.channels())));
          audit.append(
              actor,
              "customer-notice.approved",
              id,
              Map.of(
                  "incident", incident.id(),
                  "writtenBy", notice.writtenBy(),
                  "version", version,
                  "channels", notice.channels(),
                  "sha256", sha256(notice.title() + "\n\n" + notice.body())));
        });
  }

  /**
   * Puts a draft away; it can never be sent.
   *
   * @throws RunException REFUSED when it is decided
   */
  public void discard(String id, String actor) {
    journal.run(
        () -> {
          CustomerNotice notice = draft(id);
          rows.decide(id, CustomerNotice.State.DISCARDED, actor, now());
          note(notice.incident(), actor, "The notice for customers was discarded.");
        });
  }

  /** Those of an incident, oldest first. */
  public List<CustomerNotice> of(String incident) {
    return journal.in(() -> rows.of(incident));
  }

  public Optional<CustomerNotice> find(String id) {
    return journal.in(() -> rows.find(id));
  }

  private void ready(CustomerNotice notice, String actor) {
    if (notice.writtenBy().equals(actor)) {
      throw refused(notice.id(), "Whoever wrote a notice cannot approve it: ask another admin.");
    }
    if (notice.channels().isEmpty()) {
      throw refused(notice.id(), "The notice names no channel: choose one first.");
    }
    Matcher gap = GAP.matcher(notice.title() + "\n" + notice.body());
    if (gap.find()) {
      throw refused(
          notice.id(), "The notice still says %s: fill that in first.".formatted(gap.group()));
    }
  }

  private static Notice message(CustomerNotice notice, Incident incident, Instant now) {
    return new Notice(
        Notice.Type.CUSTOMER,
        incident.id(),
        incident.system() == null ? "" : incident.system(),
        incident.severity(),
        incident.situation(),
        notice.title(),
        notice.body(),
        0,
        List.of(),
        incident.openedAt(),
        now,
        null,
        0,
        Map.of());
  }

  private CustomerNotice draft(String id, int version) {
    CustomerNotice notice = draft(id);
    if (notice.version() != version) {
      throw refused(id, "The notice was changed meanwhile: read it again first.");
    }
    return notice;
  }

  /** The draft, locked to the end of the transaction. */
  private CustomerNotice draft(String id) {
    CustomerNotice notice =
        rows.lock(id).orElseThrow(() -> invalid(id, "There is no notice %s.".formatted(id)));
    if (notice.state() != CustomerNotice.State.DRAFT) {
      throw refused(id, "The notice is decided and stays as it is: draft another one.");
    }
    return notice;
  }

  private void check(String about, CustomerNotice.Text text) {
    boolean line = text.title().chars().noneMatch(Character::isISOControl);
    if (text.title().isBlank() || text.title().length() > TITLE_MAX || !line) {
      throw invalid(
          about, "The title must be one line of 1 to %d characters.".formatted(TITLE_MAX));
    }
    boolean plain = text.body().chars().noneMatch(c -> Character.isISOControl(c) && c != '\n');
    if (text.body().isBlank() || text.body().length() > BODY_MAX || !plain) {
      throw invalid(about, "The text must be plain, of 1 to %d characters.".formatted(BODY_MAX));
    }
    for (String channel : text.channels()) {
      if (!channels().contains(channel)) {
        throw invalid(
            about,
            "'%s' cannot carry a notice for customers; these can: %s."
                .formatted(channel, channels().isEmpty() ? "none" : String.join(", ", channels())));
      }
    }
  }

  private Incident existing(String incident) {
    return incidents
        .find(incident)
        .orElseThrow(() -> invalid(incident, "There is no incident %s.".formatted(incident)));
  }

  private void note(String incident, String actor, String text) {
    chronicle.add(incident, now(), TimelineEntry.Kind.NOTICE, actor, text);
  }

  private static CustomerNotice.Text stripped(CustomerNotice.Text text) {
    return new CustomerNotice.Text(
        text.title().strip(), text.body().strip(), text.channels().stream().distinct().toList());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private static String sha256(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static RunException refused(String id, String sentence) {
    return new RunException(Code.REFUSED, id, false, sentence);
  }

  private static RunException invalid(String id, String sentence) {
    return new RunException(Code.INVALID, id, false, sentence);
  }
}
