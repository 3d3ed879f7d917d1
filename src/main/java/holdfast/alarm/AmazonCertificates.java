package holdfast.alarm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.HttpsURLConnection;

/**
 * Amazon's certificates, over HTTPS and without following anybody elsewhere. The file holds no
 * intermediate authority; where the connection showed none that fits, the one that the certificate
 * names is asked for at Amazon's own authority, and nowhere else.
 */
final class AmazonCertificates implements Certificates {

  /** The field "authority information access", which may say where the issuer's certificate is. */
  private static final String ISSUER_AT = "1.3.6.1.5.5.7.1.1";

  private static final Pattern AMAZON =
      Pattern.compile("http://crt\\.[a-z0-9]{1,20}\\.amazontrust\\.com/[a-z0-9]{1,20}\\.(cer|crt)");

  private static final int TIMEOUT_MILLIS = 4000;
  private static final int FILE_MAX = 64 * 1024;
  private static final int AUTHORITIES_MAX = 3;

  @Override
  public List<X509Certificate> fetch(String host, String id)
      throws IOException, CertificateException {
    URI address = URI.create("https://" + host + "/SimpleNotificationService-" + id + ".pem");
    HttpsURLConnection connection = (HttpsURLConnection) address.toURL().openConnection();
    List<X509Certificate> found = new ArrayList<>(read(connection));
    for (Certificate shown : connection.getServerCertificates()) {
      found.add((X509Certificate) shown);
    }
    authorities(found);
    return found;
  }

  private static void authorities(List<X509Certificate> found) throws CertificateException {
    X509Certificate at = found.get(0);
    for (int i = 0; i < AUTHORITIES_MAX; i++) {
      Optional<String> address = issuer(at);
      if (address.isEmpty() || knows(found, at)) {
        return;
      }
      try {
        at = read((HttpURLConnection) URI.create(address.get()).toURL().openConnection()).get(0);
        found.add(at);
      } catch (IOException unreachable) {
        return;
      }
    }
  }

  private static boolean knows(List<X509Certificate> found, X509Certificate child) {
    return found.stream()
        .anyMatch(other -> other.getSubjectX500Principal().equals(child.getIssuerX500Principal()));
  }

  /**
   * Where Amazon keeps the issuer's certificate; empty where this one names no place of Amazon's.
   */
  static Optional<String> issuer(X509Certificate certificate) {
    byte[] field = certificate.getExtensionValue(ISSUER_AT);
    if (field == null) {
      return Optional.empty();
    }
    Matcher address = AMAZON.matcher(new String(field, StandardCharsets.ISO_8859_1));
    return address.find() ? Optional.of(address.group()) : Optional.empty();
  }

  private static List<X509Certificate> read(HttpURLConnection connection)
      throws IOException, CertificateException {
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout(TIMEOUT_MILLIS);
    connection.setReadTimeout(TIMEOUT_MILLIS);
    int status = connection.getResponseCode();
    refuse(status);
    try (InputStream body = connection.getInputStream()) {
      return certificates(body.readNBytes(FILE_MAX));
    }
  }

  /** Only where Amazon says that there is none is there none; whatever else it says may pass. */
  static void refuse(int status) throws IOException, CertificateException {
    if (status == 403 || status == 404) {
      throw new CertificateException("status " + status);
    }
    if (status != 200) {
      throw new IOException("status " + status);
    }
  }

  private static List<X509Certificate> certificates(byte[] file) throws CertificateException {
    Collection<? extends Certificate> all =
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(Arrays.copyOf(file, file.length)));
    if (all.isEmpty()) {
      throw new CertificateException("no certificate");
    }
    return all.stream().map(X509Certificate.class::cast).toList();
  }
}
