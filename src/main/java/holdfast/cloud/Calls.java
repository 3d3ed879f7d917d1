package holdfast.cloud;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.SecretMissingException;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Asks AWS, and says in one sentence, to a person, what it refused. */
record Calls(String system, String region, String endpoint) {

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthorizationError",
          "AuthorizationErrorException",
          "UnauthorizedOperation");
  private static final Set<String> BAD_KEYS =
      Set.of(
          "InvalidClientTokenId",
          "UnrecognizedClientException",
          "SignatureDoesNotMatch",
          "InvalidSignatureException",
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidAccessKeyId",
          "AuthFailure");

  static Calls of(Place place) {
    URI endpoint = place.spec().access().endpoint();
    String region = place.spec().access().region();
    return new Calls(
        place.system(), region, endpoint == null ? "AWS in " + region : endpoint.toString());
  }

  /**
   * Makes one call.
   *
   * @param right the call as IAM names it, such as {@code sqs:CreateQueue}
   * @throws RunException DENIED, UNREACHABLE or INVALID; exceptions of AWS that mean "not there"
   *     must be caught within {@code call}
   */
  <T> T ask(String right, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException refused) {
      throw refused(right, refused);
    } catch (SecretMissingException missing) {
      throw failure(Code.DENIED, false, missing.getMessage(), missing);
    } catch (SdkClientException unsent) {
      throw unsent(right, unsent);
    }
  }

  private RunException refused(String right, AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    if (BAD_KEYS.contains(code)) {
      return failure(
          Code.DENIED, false, "the access key is refused (%s); renew it.".formatted(code), e);
    }
    if (DENIED.contains(code) || e.statusCode() == 403) {
      return failure(
          Code.DENIED, false, "%s is denied; give these keys that right.".formatted(right), e);
    }
    if (e.isThrottlingException() || e.statusCode() >= 500) {
      return failure(
          Code.UNREACHABLE,
          true,
          "AWS kept answering %d %s to %s; try again when it has recovered."
              .formatted(e.statusCode(), code, right),
          e);
    }
    return failure(Code.INVALID, false, "AWS refused %s (%s).".formatted(right, said(code, e)), e);
  }

  private static String said(String code, AwsServiceException e) {
    String message = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorMessage();
    String said = (code + ": " + message).replaceAll("\\s+", " ");
    return said.length() > 200 ? said.substring(0, 200) + "…" : said;
  }

  private RunException unsent(String right, SdkClientException e) {
    if (String.valueOf(e.getMessage()).contains("Unable to load credentials")) {
      return failure(
          Code.DENIED,
          false,
          "no AWS credentials were found; name access-key and secret-key or give this host a role.",
          e);
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return failure(
        Code.UNREACHABLE,
        true,
        "%s cannot be reached for %s (%s); check the endpoint and the network."
            .formatted(endpoint, right, root.getClass().getSimpleName()),
        e);
  }

  RunException failure(Code code, boolean retryable, String rest, @Nullable Throwable cause) {
    return new RunException(
        code,
        system + "/" + region,
        retryable,
        "Alarms of %s in %s: %s".formatted(system, region, rest),
        cause);
  }
}
