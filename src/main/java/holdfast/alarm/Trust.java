package holdfast.alarm;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Which certificates speak for Amazon's topics: those that carry their name and that a known
 * authority stands behind. Revocation is not asked for: a revoked one is taken out of service.
 *
 * @param authorities who is believed
 */
record Trust(Set<TrustAnchor> authorities) {

  /** The authorities that Java itself believes. */
  static Trust ofJava() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      return new Trust(
          Arrays.stream(factory.getTrustManagers())
              .flatMap(manager -> Arrays.stream(issuers(manager)))
              .map(issuer -> new TrustAnchor(issuer, null))
              .collect(Collectors.toUnmodifiableSet()));
    } catch (GeneralSecurityException unusable) {
      throw new IllegalStateException("Java's trust store cannot be read", unusable);
    }
  }

  private static X509Certificate[] issuers(TrustManager manager) {
    return manager instanceof X509TrustManager x509
        ? x509.getAcceptedIssuers()
        : new X509Certificate[0];
  }

  /**
   * The first certificate, found good.
   *
   * @param names one of which it must carry
   * @throws CertificateException when it is not
   */
  X509Certificate require(List<X509Certificate> found, Set<String> names, Instant now)
      throws CertificateException {
    X509Certificate certificate = found.get(0);
    if (!names.contains(commonName(certificate))) {
      throw new CertificateException("it is not a certificate of Amazon's topics");
    }
    try {
      X509CertSelector selector = new X509CertSelector();
      selector.setCertificate(certificate);
      PKIXBuilderParameters path = new PKIXBuilderParameters(authorities, selector);
      path.addCertStore(
          CertStore.getInstance("Collection", new CollectionCertStoreParameters(found)));
      path.setRevocationEnabled(false);
      path.setDate(Date.from(now));
      CertPathBuilder.getInstance("PKIX").build(path);
      return certificate;
    } catch (GeneralSecurityException refused) {
      throw new CertificateException(
          "it has expired, or no authority that Java knows stands behind it", refused);
    }
  }

  private static String commonName(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> String.valueOf(part.getValue()))
              .findFirst()
              .orElse("");
    } catch (InvalidNameException unreadable) {
      return "";
    }
  }
}
