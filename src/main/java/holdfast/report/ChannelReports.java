package holdfast.report;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.notify.Circuits;
import holdfast.plan.ChannelSpec;
import holdfast.plan.Plans;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says of every channel of the plan how it stands, by what became of its messages. */
public final class ChannelReports {

  private static final Duration DEAD = Duration.ofDays(30);

  private static final String QUERY =
      """
      SELECT c.channel, f.failed_at, f.failure, w.waiting, w.oldest, w.dead, w.died, t.id AS test,
        t.started_at, t.ended_at, t.delivered_at AS confirmed_at, t.receipt,
        (SELECT max(delivered_at) FROM outbox WHERE channel = c.channel AND state = 'DELIVERED'
          AND receipt <> 'nothing to show') AS succeeded,
        (SELECT max(delivered_at) FROM outbox WHERE channel = c.channel AND state = 'DELIVERED'
          AND starts_with(incident, 'test-')) AS last_confirmed_at
      FROM unnest(:channels) WITH ORDINALITY AS c (channel, place)
      LEFT JOIN LATERAL (SELECT failed_at, failure FROM outbox
        WHERE channel = c.channel AND failed_at IS NOT NULL
        ORDER BY failed_at DESC LIMIT 1) AS f ON true
      CROSS JOIN LATERAL (SELECT
          count(*) FILTER (WHERE state <> 'DEAD') AS waiting,
          min(created_at) FILTER (WHERE state <> 'DEAD') AS oldest,
          count(*) FILTER (WHERE state = 'DEAD') AS dead,
          max(created_at) FILTER (WHERE state = 'DEAD') AS died
        FROM outbox WHERE channel = c.channel AND state IN ('WAITING', 'SENDING', 'DEAD')
          AND (state <> 'DEAD' OR created_at >= :since)) AS w
      LEFT JOIN LATERAL (SELECT a.id, a.started_at, a.ended_at, o.delivered_at, o.receipt
        FROM alarm_tests a
        LEFT JOIN outbox o ON o.incident = a.id AND o.channel = c.channel
        WHERE c.channel = ANY (a.channels)
        ORDER BY a.started_at DESC, a.id DESC LIMIT 1) AS t ON true
      ORDER BY c.place""";

  private final Transaction journal;
  private final Circuits circuits;
  private final Plans plans;
  private final InstantSource clock;

  ChannelReports(Transaction journal, Circuits circuits, Plans plans, InstantSource clock) {
    this.journal = journal;
    this.circuits = circuits;
    this.plans = plans;
    this.clock = clock;
  }

  /** One line for each channel, in the order of the plan. */
  public List<ChannelLine> lines() {
    Map<String, ChannelSpec> channels = plans.installation().channels();
    Instant now = clock.instant();
    return journal.in(
        () ->
            journal
                .sql(QUERY)
                .param("channels", channels.keySet().toArray(String[]::new))
                .param("since", Column.of(now.minus(DEAD)))
                .query((row, number) -> line(row, channels.get(row.getString("channel")), now))
                .list());
  }

  private ChannelLine line(ResultSet row, ChannelSpec spec, Instant now) throws SQLException {
    return new ChannelLine(
        spec.name(),
        kind(spec),
        spec.reach().fallback(),
        Column.moment(row, "succeeded"),
        Column.moment(row, "failed_at"),
        row.getString("failure"),
        circuits.state(spec.name()),
        row.getLong("waiting"),
        Column.moment(row, "oldest"),
        row.getLong("dead"),
        Column.moment(row, "died"),
        test(row),
        now);
  }

  private static ChannelLine.@Nullable Test test(ResultSet row) throws SQLException {
    String id = row.getString("test");
    return id == null
        ? null
        : new ChannelLine.Test(
            id,
            Column.moment(row, "started_at"),
            Column.moment(row, "ended_at") != null,
            Column.moment(row, "confirmed_at"),
            row.getString("receipt"),
            Column.moment(row, "last_confirmed_at"));
  }

  /** As the plan calls it, with blanks for dashes. */
  private static String kind(ChannelSpec spec) {
    if (spec instanceof ChannelSpec.StatusPage) {
      return "status page";
    }
    return spec instanceof ChannelSpec.SlackApp
        ? "slack"
        : spec.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
