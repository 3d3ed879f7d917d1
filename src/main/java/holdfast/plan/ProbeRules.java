package holdfast.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;

/** What must hold within one well-formed probe. */
final class ProbeRules {

  /** Probes are woken this often. */
  private static final Duration SHORTEST = Duration.ofSeconds(5);

  private static final int HIGHEST_PORT = 65_535;

  private final Section probe;
  private final List<Finding> findings;

  ProbeRules(Section probe, List<Finding> findings) {
    this.probe = probe;
    this.findings = findings;
  }

  void check() {
    pace();
    if (probe.text("kind").equals("http")) {
      url();
    } else {
      PostgresNames.check(probe, "database", "Write the database's bare name.", findings);
    }
  }

  private void pace() {
    Duration every = probe.duration("every", Defaults.PROBE_EVERY);
    Duration timeout = probe.duration("timeout", Defaults.PROBE_TIMEOUT);
    if (every.compareTo(SHORTEST) < 0) {
      error(
          "every",
          "%s.every is %s, but probes are woken every 5 s."
              .formatted(probe.place(), probe.text("every")),
          "Write 5s or more.");
    } else if (timeout.isZero() || timeout.compareTo(every) >= 0) {
      error(
          probe.has("timeout") ? "timeout" : "every",
          "%s has a timeout of %s, and looks every %s."
              .formatted(
                  probe.place(),
                  probe.text("timeout", Amounts.words(timeout)),
                  probe.text("every", Amounts.words(every))),
          "Write a timeout of 1s or more that is shorter than every.");
    }
  }

  private void url() {
    try {
      URI url = new URI(probe.text("url"));
      if (url.getHost() != null && url.getPort() <= HIGHEST_PORT) {
        return;
      }
    } catch (URISyntaxException e) {
      // told below, without the address: its query may hold a secret
    }
    error(
        "url",
        probe.place() + ".url is no address that can be asked.",
        "Write it as a browser would send it, such as https://shop.example/health.");
  }

  private void error(String field, String what, String fix) {
    findings.add(Finding.error(probe.origin(field), what, fix));
  }
}
