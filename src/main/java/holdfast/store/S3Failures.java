package holdfast.store;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.SecretMissingException;
import holdfast.plan.StoreSpec;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says in one sentence, to a person, what S3 or the way to it refused. */
record S3Failures(StoreSpec.S3 spec, InstantSource clock) {

  private static final Set<String> BAD_KEYS =
      Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "InvalidToken");
  private static final Set<String> WRONG_REGION =
      Set.of(
          "PermanentRedirect",
          "AuthorizationHeaderMalformed",
          "IllegalLocationConstraintException",
          "TemporaryRedirect");

  /** Whether the store says that the object or upload is not there. */
  static boolean absent(S3Exception e) {
    return e.statusCode() == 404 && !"NoSuchBucket".equals(code(e));
  }

  /** Whether the store refused because something is there already. */
  static boolean taken(S3Exception e) {
    return e.statusCode() == 412;
  }

  /**
   * The failure as this house throws it.
   *
   * @param doing what was attempted, such as {@code "read"}
   */
  RunException of(String doing, Throwable cause) {
    if (cause instanceof RunException already) {
      return already;
    }
    if (cause instanceof S3Exception refused) {
      return refused(doing, refused);
    }
    if (cause instanceof SecretMissingException missing) {
      return failure(Code.DENIED, false, missing.getMessage() + "", cause);
    }
    if (cause instanceof SdkClientException unsent) {
      return unsent(doing, unsent);
    }
    return failure(
        Code.INTERNAL, false, "could not " + doing + " because of " + cause + ".", cause);
  }

  private RunException refused(String doing, S3Exception e) {
    String code = code(e);
    if ("NoSuchBucket".equals(code)) {
      return missingBucket(e);
    }
    if (BAD_KEYS.contains(code)) {
      return failure(
          Code.DENIED,
          false,
          "the access key is refused (%s); renew the keys of this store.".formatted(code),
          e);
    }
    if ("RequestTimeTooSkewed".equals(code)) {
      return failure(Code.DENIED, false, skew(e), e);
    }
    if (WRONG_REGION.contains(code) || e.statusCode() == 301) {
      return failure(Code.INVALID, false, wrongRegion(e), e);
    }
    return byStatus(doing, e, code);
  }

  private RunException byStatus(String doing, S3Exception e, String code) {
    if ("InvalidObjectState".equals(code)) {
      return failure(
          Code.UNREACHABLE, false, "the object is archived; ask S3 to restore it, then retry.", e);
    }
    return switch (e.statusCode()) {
      case 401, 403 -> failure(Code.DENIED, false, denied(doing), e);
      case 404 -> failure(Code.UNREACHABLE, false, "there is nothing to " + doing + ".", e);
      case 412 ->
          failure(Code.REFUSED, false, "an object of that name exists already; it is kept.", e);
      case 429, 500, 502, 503, 504 ->
          failure(Code.UNREACHABLE, true, busy(doing, e.statusCode(), code), e);
      default ->
          failure(
              Code.UNREACHABLE,
              false,
              "S3 refused to %s with status %d %s.".formatted(doing, e.statusCode(), code),
              e);
    };
  }

  private String busy(String doing, int status, String code) {
    return "S3 kept answering %d %s when asked to %s; try again when it has recovered."
        .formatted(status, code, doing);
  }

  /** A read that could not be carried to its end, however often it was taken up again. */
  RunException brokeOff(Key key, long position, long length, @Nullable Throwable cause) {
    return failure(
        Code.UNREACHABLE,
        true,
        "the connection broke again and again at byte %d of %d of %s; try again when the network is steady."
            .formatted(position, length, key),
        cause);
  }

  /** Why the rest of an object could not be asked for. */
  RunException ofReading(Key key, RuntimeException cause) {
    return cause instanceof S3Exception refused && taken(refused)
        ? replaced(key, cause)
        : of("read the rest of " + key, cause);
  }

  /** Half of one object and half of another are neither. */
  RunException replaced(Key key, @Nullable Throwable cause) {
    return failure(
        Code.CORRUPT,
        false,
        "the object %s was replaced while it was read; find out who writes there.".formatted(key),
        cause);
  }

  /** A bucket that is not there. */
  RunException missingBucket(@Nullable Throwable cause) {
    return failure(
        Code.INVALID,
        false,
        "the bucket '%s' does not exist; create it or correct its name.".formatted(spec.bucket()),
        cause);
  }

  private String denied(String doing) {
    String bucket = "access to bucket '%s' is denied (%s)".formatted(spec.bucket(), doing);
    return spec.owner() == null
        ? bucket + "; give these keys the rights that Holdfast needs."
        : bucket
            + "; give these keys the rights that Holdfast needs, and make sure that account "
            + spec.owner()
            + " owns the bucket.";
  }

  private String wrongRegion(SdkServiceException e) {
    return header(e, "x-amz-bucket-region")
        .map(
            region ->
                "the bucket '%s' is in region %s, not %s; correct the store's region."
                    .formatted(spec.bucket(), region, spec.access().region()))
        .orElse(
            "the bucket '%s' is not in region %s; correct the store's region or endpoint."
                .formatted(spec.bucket(), spec.access().region()));
  }

  private String skew(SdkServiceException e) {
    String off = header(e, "Date").flatMap(this::secondsOff).map(s -> " by " + s + " s").orElse("");
    return "this host's clock is off" + off + "; set it by NTP, because S3 refuses such requests.";
  }

  private Optional<Long> secondsOff(String date) {
    try {
      ZonedDateTime theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(Duration.between(theirs.toInstant(), clock.instant()).toSeconds());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private RunException unsent(String doing, SdkClientException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load credentials")) {
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
        "%s cannot be reached to %s (%s); check the endpoint and the network."
            .formatted(endpoint(), doing, root.getClass().getSimpleName()),
        e);
  }

  private String endpoint() {
    URI endpoint = spec.access().endpoint();
    return endpoint == null
        ? "S3 in " + spec.access().region()
        : endpoint.getScheme() + "://" + endpoint.getAuthority();
  }

  /** A failure whose sentence begins with the store's name. */
  RunException failure(Code code, boolean retryable, String rest, @Nullable Throwable cause) {
    return new RunException(
        code, spec.name(), retryable, "Store '" + spec.name() + "': " + rest, cause);
  }

  private static String code(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details == null || details.errorCode() == null ? "" : details.errorCode();
  }

  private static Optional<String> header(SdkServiceException e, String name) {
    return e instanceof S3Exception s3 && s3.awsErrorDetails() != null
        ? Optional.ofNullable(s3.awsErrorDetails().sdkHttpResponse())
            .flatMap(response -> response.firstMatchingHeader(name))
        : Optional.empty();
  }
}
