package holdfast.store;

import holdfast.journal.Code;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The requests that an upload makes, one method each. */
final class S3Calls {

  private static final int NOT_IMPLEMENTED = 501;

  private S3Calls() {}

  static String begin(S3Store store, Key key, Store.Attributes attributes, String nonce) {
    return store
        .client()
        .createMultipartUpload(store.objects().begin(key, attributes, nonce))
        .uploadId();
  }

  static SentPart part(S3Store store, Key key, String uploadId, int number, Part part) {
    int crc = part.checksum();
    UploadPartResponse said =
        store
            .client()
            .uploadPart(
                request ->
                    request
                        .bucket(store.spec().bucket())
                        .key(store.objects().path(key))
                        .uploadId(uploadId)
                        .partNumber(number)
                        .contentLength(part.length())
                        .checksumCRC32(Checksums.encoded(crc))
                        .overrideConfiguration(patience(part)),
                body(part));
    if (said.checksumCRC32() != null && !said.checksumCRC32().equals(Checksums.encoded(crc))) {
      throw store
          .failures()
          .failure(
              Code.CORRUPT, true, "part %d of %s arrived changed.".formatted(number, key), null);
    }
    return new SentPart(number, part.length(), crc, said.eTag());
  }

  static void put(S3Store store, Key key, Store.Attributes attributes, String nonce, Part whole) {
    store
        .client()
        .putObject(
            store
                .objects()
                .put(key, attributes, nonce, whole.checksum(), whole.length())
                .toBuilder()
                .overrideConfiguration(patience(whole))
                .build(),
            body(whole));
  }

  /**
   * Puts the parts together, unless an object of that name exists; a server that knows no such
   * condition is asked for the object first.
   */
  static void complete(S3Store store, Key key, String uploadId, List<SentPart> sent, long total) {
    CompleteMultipartUploadRequest plain =
        CompleteMultipartUploadRequest.builder()
            .bucket(store.spec().bucket())
            .key(store.objects().path(key))
            .uploadId(uploadId)
            .multipartUpload(upload -> upload.parts(sent.stream().map(S3Calls::completed).toList()))
            .overrideConfiguration(o -> o.apiCallAttemptTimeout(Duration.ofMinutes(10)))
            .build();
    try {
      store
          .client()
          .completeMultipartUpload(plain.toBuilder().ifNoneMatch("*").mpuObjectSize(total).build());
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_IMPLEMENTED || store.found(key).isPresent()) {
        throw e;
      }
      store.client().completeMultipartUpload(plain);
    }
  }

  private static CompletedPart completed(SentPart part) {
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(part.etag())
        .checksumCRC32(Checksums.encoded(part.crc()))
        .build();
  }

  /**
   * What the store has under {@code key}, once it is sure to be what was sent; an object of ours
   * that is not is removed.
   *
   * @param etags of the parts; null for an object sent whole
   */
  static HeadObjectResponse verified(
      S3Store store,
      Key key,
      String nonce,
      long bytes,
      String checksum,
      @Nullable List<String> etags) {
    HeadObjectResponse found =
        store
            .found(key)
            .orElseThrow(
                () ->
                    store
                        .failures()
                        .failure(
                            Code.CORRUPT, true, key + " is not there after its upload.", null));
    if (!nonce.equals(S3Store.nonce(found))) {
      throw store
          .failures()
          .failure(Code.REFUSED, false, key + " exists already and is kept as it is.", null);
    }
    if (found.contentLength() != bytes || !agrees(found, checksum, etags)) {
      store.remove(key);
      throw store
          .failures()
          .failure(
              Code.CORRUPT,
              true,
              "%s has %d bytes and checksum %s where %d and %s were sent; it was removed, run again."
                  .formatted(key, found.contentLength(), found.checksumCRC32(), bytes, checksum),
              null);
    }
    return found;
  }

  private static boolean agrees(
      HeadObjectResponse found, String checksum, @Nullable List<String> etags) {
    if (found.checksumCRC32() != null) {
      return found.checksumCRC32().equals(checksum);
    }
    return etags == null
        || Objects.equals(Checksums.bare(found.eTag()), Checksums.compositeEtag(etags));
  }

  static void abort(S3Store store, Key key, @Nullable String uploadId) {
    if (uploadId == null) {
      store.abandon(key.path());
    } else {
      store.abort(store.objects().path(key), uploadId);
    }
  }

  private static AwsRequestOverrideConfiguration patience(Part part) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallAttemptTimeout(S3Store.patience(part.length()))
        .build();
  }

  private static RequestBody body(Part part) {
    ContentStreamProvider again = part::open;
    return RequestBody.fromContentProvider(again, part.length(), "application/octet-stream");
  }
}
