package holdfast.alarm;

import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Where the certificates are that topics' messages are signed with. */
interface Certificates {

  /**
   * The certificate, then any others that may link it to a known authority; none of them is trusted
   * for coming from here.
   *
   * @param host of the service, made from a topic's region and never from a message
   * @param id lower-case hexadecimal digits
   * @throws CertificateException when there is no such certificate
   * @throws IOException when the service cannot be asked now
   */
  List<X509Certificate> fetch(String host, String id) throws IOException, CertificateException;
}
