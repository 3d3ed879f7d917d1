package holdfast.plan;

import java.net.URI;

/** Reads well-formed probes. */
final class ProbeReader {

  private ProbeReader() {}

  static ProbeSpec read(String system, Section at) {
    return new ProbeSpec(
        system,
        at.text("name"),
        at.text("component"),
        at.duration("every", Defaults.PROBE_EVERY),
        at.duration("timeout", Defaults.PROBE_TIMEOUT),
        at.number("failures", Defaults.PROBE_FAILURES),
        at.choice("severity", Defaults.PROBE_SEVERITY),
        target(at),
        at.origin());
  }

  private static ProbeSpec.Target target(Section at) {
    return switch (at.text("kind")) {
      case "http" ->
          new ProbeSpec.Http(
              URI.create(at.text("url")),
              at.number("status", Defaults.PROBE_STATUS),
              at.textOrNull("contains"));
      case "database" -> new ProbeSpec.Database(at.text("connection"), at.text("database"));
      default ->
          new ProbeSpec.ReplicaLag(
              at.text("connection"),
              at.text("database"),
              at.duration("most", Defaults.REPLICA_LAG));
    };
  }
}
