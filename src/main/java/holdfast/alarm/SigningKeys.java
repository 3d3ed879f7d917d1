package holdfast.alarm;

import holdfast.alarm.TurnedAway.Why;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The keys that topics' messages are checked with. Each certificate is fetched once; whoever makes
 * up addresses of certificates gets a few tries a minute and no connection beyond Amazon's.
 */
final class SigningKeys {

  private static final String NONE = "there is none at its address";
  private static final int FETCHES_PER_MINUTE = 10;
  private static final Duration FORGET_REFUSED = Duration.ofMinutes(10);

  private final Certificates certificates;
  private final Supplier<Trust> trust;
  private final InstantSource clock;
  private final RateLimit fetches;
  private final ReentrantLock one = new ReentrantLock();
  private final Map<CertificateAddress, List<X509Certificate>> found = new ConcurrentHashMap<>();
  private final Map<CertificateAddress, Instant> refused = new LinkedHashMap<>();

  SigningKeys(Certificates certificates, Supplier<Trust> trust, InstantSource clock) {
    this.certificates = certificates;
    this.trust = trust;
    this.clock = clock;
    this.fetches = new RateLimit(clock);
  }

  /**
   * The key of the certificate that {@code address} names.
   *
   * @throws TurnedAway when it is no certificate of Amazon's topics, or too many were asked for
   * @throws RunException UNREACHABLE when it cannot be fetched now
   */
  PublicKey of(CertificateAddress address) {
    try {
      Set<String> names = Set.of(address.host(), address.service());
      return trust.get().require(chain(address), names, clock.instant()).getPublicKey();
    } catch (CertificateException unfit) {
      throw new TurnedAway(
          Why.FORGED,
          "The certificate of the signature is refused: %s.".formatted(unfit.getMessage()));
    }
  }

  private List<X509Certificate> chain(CertificateAddress address) throws CertificateException {
    List<X509Certificate> ready = found.get(address);
    if (ready != null) {
      return ready; // whoever fetches another one holds up nobody whose certificate is known
    }
    one.lock();
    try {
      List<X509Certificate> known = found.get(address);
      return known == null ? fetched(address) : known;
    } finally {
      one.unlock();
    }
  }

  /** What is refused is kept apart: made-up addresses never push a good certificate out. */
  private List<X509Certificate> fetched(CertificateAddress address) throws CertificateException {
    Instant now = clock.instant();
    refused.values().removeIf(at -> Duration.between(at, now).compareTo(FORGET_REFUSED) > 0);
    if (refused.containsKey(address)) {
      throw new CertificateException(NONE);
    }
    Duration wait = fetches.charge(address.host(), FETCHES_PER_MINUTE);
    if (!wait.isZero()) {
      throw new TurnedAway(
          Why.TOO_MANY, "Too many unknown certificates were named: send again later.", wait);
    }
    try {
      List<X509Certificate> chain = certificates.fetch(address.host(), address.id());
      found.put(address, chain);
      return chain;
    } catch (CertificateException none) {
      refused.put(address, now);
      throw new CertificateException(NONE, none);
    } catch (IOException unreachable) {
      throw unreachable(address, unreachable);
    }
  }

  private static RunException unreachable(CertificateAddress address, IOException why) {
    return new RunException(
        Code.UNREACHABLE,
        address.host(),
        true,
        "The certificate that the message is signed with cannot be fetched from %s now: allow connections to it, and the topic will send again."
            .formatted(address.host()),
        why);
  }
}
