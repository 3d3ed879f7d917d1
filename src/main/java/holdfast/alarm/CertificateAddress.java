package holdfast.alarm;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a signing certificate is. A message only gets to choose the id: the host is made from the
 * region of a topic that the plan lists, and the message's own address must say the very same.
 *
 * @param host of the service in that region
 * @param service its name without the region, which certificates may carry instead
 * @param id lower-case hexadecimal digits
 */
record CertificateAddress(String host, String service, String id) {

  private static final Pattern FILE =
      Pattern.compile("/SimpleNotificationService-([0-9a-f]{1,64})\\.pem");

  /** The address, if {@code url} is just what this topic's messages must name. */
  static Optional<CertificateAddress> of(String url, String topicArn) {
    String[] arn = topicArn.split(":");
    String domain = arn[1].equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    String host = "sns." + arn[3] + "." + domain;
    for (String begin : new String[] {"https://" + host, "https://" + host + ":443"}) {
      Matcher file = FILE.matcher(url.startsWith(begin) ? url.substring(begin.length()) : "");
      if (file.matches()) {
        return Optional.of(new CertificateAddress(host, "sns." + domain, file.group(1)));
      }
    }
    return Optional.empty();
  }
}
