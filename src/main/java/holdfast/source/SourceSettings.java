package holdfast.source;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How patient dumps and loads are.
 *
 * @param lockWait how long a dump waits for a table that somebody has locked
 * @param stall a dump without a byte for this long is ended
 * @param deadline a dump or load is ended after this long whatever happens
 * @param countTime how long counting small tables in the dump's snapshot may take altogether
 */
@ConfigurationProperties("holdfast.source")
record SourceSettings(
    @DefaultValue("2m") Duration lockWait,
    @DefaultValue("15m") Duration stall,
    @DefaultValue("3d") Duration deadline,
    @DefaultValue("30s") Duration countTime) {

  static final SourceSettings DEFAULT =
      new SourceSettings(
          Duration.ofMinutes(2),
          Duration.ofMinutes(15),
          Duration.ofDays(3),
          Duration.ofSeconds(30));
}
