package holdfast.retention;

import holdfast.plan.Daily;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When points are let go.
 *
 * @param at when a pass is made every day, such as {@code 05:00}; absent, by hand only
 * @param apply whether it removes; otherwise it only shows
 */
@ConfigurationProperties("holdfast.retention")
record RetentionSettings(
    @Nullable String at, @DefaultValue("UTC") String zone, @DefaultValue("false") boolean apply) {

  @Nullable Daily daily() {
    return at == null ? null : new Daily(LocalTime.parse(at), ZoneId.of(zone));
  }
}
