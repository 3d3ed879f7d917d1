package holdfast.retention;

import holdfast.journal.Column;
import holdfast.journal.Transaction;
import holdfast.plan.Daily;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pass of every day, made once, by whichever node comes first; late where none ran. */
public final class DailyPass {

  private static final Logger LOG = LoggerFactory.getLogger(DailyPass.class);

  private final RetentionSettings settings;
  private final Retentions retentions;
  private final Transaction journal;
  private final InstantSource clock;

  DailyPass(
      RetentionSettings settings, Retentions retentions, Transaction journal, InstantSource clock) {
    this.settings = settings;
    this.retentions = retentions;
    this.journal = journal;
    this.clock = clock;
  }

  /** Makes the pass that is due and was not made; true when this call did. */
  public boolean passDue() {
    Daily daily = settings.daily();
    if (daily == null || !claimed(daily.newest(clock.instant()))) {
      return false;
    }
    List<Report> reports =
        settings.apply() ? retentions.apply(null, "holdfast") : retentions.show(null);
    reports.forEach(DailyPass::log);
    return true;
  }

  private boolean claimed(Instant due) {
    return journal
            .sql(
                """
                INSERT INTO retention_passes (due, begun_at) VALUES (:due, :now)
                ON CONFLICT (due) DO NOTHING""")
            .param("due", Column.of(due))
            .param("now", Column.of(clock.instant()))
            .update()
        == 1;
  }

  private static void log(Report report) {
    long going = report.points().stream().filter(row -> row.fate() == Decision.Fate.GO).count();
    LOG.info(
        "{}: {} points, {} let go, {} removed, {} taken back, {} that no rule keeps{}{}",
        report.asset(),
        report.points().size(),
        report.begun().size(),
        report.removed().size(),
        report.takenBack().size(),
        going,
        report.approval() == null ? "" : ", waiting for approval " + report.approval().id(),
        report.problem() == null ? "" : ": " + report.problem());
  }
}
