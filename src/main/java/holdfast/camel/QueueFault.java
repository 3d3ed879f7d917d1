package holdfast.camel;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * Why a queue could not be read, in words of ours: those of Amazon and of the network name hosts,
 * accounts and users. Pure.
 */
final class QueueFault {

  private static final int CODE_MAX = 80;

  /** As the older and the newer way of talking to such servers spell it. */
  private static final String GONE = ".*(NonExistentQueue|QueueDoesNotExist).*";

  private QueueFault() {}

  static String sentence(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .map(QueueFault::known)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("It cannot be reached.");
  }

  private static String known(Throwable cause) {
    if (cause instanceof AwsServiceException aws) {
      return code(aws).matches(GONE)
          ? "There is no such queue."
          : "It was refused with %d%s.".formatted(aws.statusCode(), code(aws));
    }
    if (cause instanceof SocketTimeoutException || cause instanceof ApiCallTimeoutException) {
      return "It does not answer in time.";
    }
    if (cause instanceof UnknownHostException) {
      return "The name of its server is not known.";
    }
    return cause instanceof SSLException ? "Its server's certificate is not accepted." : "";
  }

  /** A word such as {@code AccessDenied}; anything longer or stranger is left out. */
  private static String code(AwsServiceException aws) {
    String code = aws.awsErrorDetails() == null ? null : aws.awsErrorDetails().errorCode();
    boolean word = code != null && code.length() <= CODE_MAX && code.matches("[A-Za-z.]+");
    return word ? " (%s)".formatted(code) : "";
  }
}
