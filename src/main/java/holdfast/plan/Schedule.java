package holdfast.plan;

import java.time.ZoneId;
import java.util.List;

/**
 * When a run of an asset is due.
 *
 * @param cron five fields: minute, hour, day of month, month, day of week ({@code SUN#1} = first
 *     Sunday, {@code L} = last day)
 * @param zone the zone the cron fields are read in
 */
public record Schedule(String name, String cron, ZoneId zone, boolean enabled, Origin origin) {

  /** The cron's five fields, also where a shorthand such as {@code @daily} stands for them. */
  public List<String> fields() {
    return List.of(Cron.fields(cron));
  }
}
