package holdfast.store;

import holdfast.plan.StoreSpec;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** A bucket, or what lies under a prefix of it. */
final class S3Store implements Store {

  /**
   * Removing what a failure left behind is tried again some day; those who are to hear of the
   * failure wait for it now.
   */
  private static final Duration REMOVAL = Duration.ofSeconds(10);

  private final StoreSpec.S3 spec;
  private final S3Clients clients;
  private final S3Settings settings;
  private final S3Objects objects;
  private final S3Failures failures;

  S3Store(StoreSpec.S3 spec, S3Clients clients, S3Settings settings, InstantSource clock) {
    this.spec = spec;
    this.clients = clients;
    this.settings = settings;
    this.objects = new S3Objects(spec);
    this.failures = new S3Failures(spec, clock);
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public Upload begin(Key key, long expectedBytes, Attributes attributes, Patience patience) {
    PartSizes sizes = PartSizes.forExpected(expectedBytes);
    return new S3Upload(this, key, attributes, sizes, settings, patience);
  }

  @Override
  public boolean putIfAbsent(Key key, byte[] document, Attributes attributes) {
    String nonce = UUID.randomUUID().toString();
    CRC32 crc = new CRC32();
    crc.update(document);
    var request = objects.put(key, attributes, nonce, (int) crc.getValue(), document.length);
    try {
      client().putObject(request, RequestBody.fromBytes(document));
      return true;
    } catch (S3Exception e) {
      if (S3Failures.taken(e)) {
        return found(key).map(S3Store::nonce).filter(nonce::equals).isPresent();
      }
      throw failures.of("write " + key, e);
    } catch (SdkException e) {
      throw failures.of("write " + key, e);
    }
  }

  @Override
  public InputStream open(Key key) {
    return attempt("read " + key, () -> new S3Reader(this, key));
  }

  /** The object's bytes from {@code position} on; of that very object, where its ETag is given. */
  ResponseInputStream<GetObjectResponse> get(Key key, long position, @Nullable String etag) {
    String range = position == 0 ? null : "bytes=" + position + "-";
    return client()
        .getObject(
            get -> get.bucket(spec.bucket()).key(objects.path(key)).range(range).ifMatch(etag));
  }

  @Override
  public Optional<Head> head(Key key) {
    return found(key).map(S3Store::head);
  }

  /** The whole answer of HEAD. */
  Optional<HeadObjectResponse> found(Key key) {
    return found(client(), key);
  }

  private Optional<HeadObjectResponse> found(S3Client asked, Key key) {
    try {
      return Optional.of(
          asked.headObject(
              head ->
                  head.bucket(spec.bucket())
                      .key(objects.path(key))
                      .checksumMode(ChecksumMode.ENABLED)));
    } catch (S3Exception e) {
      if (S3Failures.absent(e)) {
        return Optional.empty();
      }
      throw failures.of("look at " + key, e);
    } catch (SdkException e) {
      throw failures.of("look at " + key, e);
    }
  }

  static @Nullable String nonce(HeadObjectResponse found) {
    return found.metadata().get(S3Objects.NONCE);
  }

  static Head head(HeadObjectResponse found) {
    return new Head(
        found.contentLength(),
        found.checksumCRC32() == null ? null : "crc32:" + found.checksumCRC32(),
        Checksums.bare(found.eTag()),
        found.lastModified(),
        found.storageClassAsString());
  }

  @Override
  public Stream<Entry> list(String prefix) {
    return attempt(
        "list",
        () ->
            client()
                .listObjectsV2Paginator(
                    list -> list.bucket(spec.bucket()).prefix(objects.prefix() + prefix))
                .contents()
                .stream()
                .flatMap(this::entry));
  }

  private Stream<Entry> entry(S3Object object) {
    String path = object.key().substring(objects.prefix().length());
    return Key.valid(path)
        ? Stream.of(new Entry(new Key(path), object.size(), object.lastModified()))
        : Stream.empty();
  }

  @Override
  public void remove(Key key) {
    attempt(
        "remove " + key,
        () ->
            remover()
                .deleteObject(
                    gone ->
                        gone.bucket(spec.bucket())
                            .key(objects.path(key))
                            .overrideConfiguration(limit -> limit.apiCallTimeout(REMOVAL))));
  }

  @Override
  public void tag(Key key, Map<String, String> tags) {
    List<Tag> all =
        tags.entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    try {
      remover()
          .putObjectTagging(
              put ->
                  put.bucket(spec.bucket()).key(objects.path(key)).tagging(set -> set.tagSet(all)));
    } catch (S3Exception e) {
      if (!S3Failures.absent(e)) {
        throw failures.of("tag " + key, e);
      }
    } catch (SdkException e) {
      throw failures.of("tag " + key, e);
    }
  }

  /** Asked with the keys that remove: only those need the right to see locks. */
  @Override
  public Optional<Instant> lockedUntil(Key key) {
    return found(remover(), key).flatMap(S3Store::lock);
  }

  private static Optional<Instant> lock(HeadObjectResponse found) {
    return found.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON
        ? Optional.of(Instant.MAX)
        : Optional.ofNullable(found.objectLockRetainUntilDate());
  }

  @Override
  public int abandon(String prefix) {
    return attempt(
        "end unfinished uploads",
        () ->
            (int)
                client()
                    .listMultipartUploadsPaginator(
                        list -> list.bucket(spec.bucket()).prefix(objects.prefix() + prefix))
                    .uploads()
                    .stream()
                    .filter(upload -> upload.key().startsWith(objects.prefix() + prefix))
                    .peek(upload -> abort(upload.key(), upload.uploadId()))
                    .count());
  }

  /** Ends one unfinished upload; one that is gone already is a success. */
  void abort(String path, String uploadId) {
    try {
      client()
          .abortMultipartUpload(
              abort ->
                  abort
                      .bucket(spec.bucket())
                      .key(path)
                      .uploadId(uploadId)
                      .overrideConfiguration(limit -> limit.apiCallTimeout(REMOVAL)));
    } catch (S3Exception e) {
      if (!S3Failures.absent(e)) {
        throw e;
      }
    }
  }

  @Override
  public void probe() {
    attempt("look at the bucket", this::lookAtBucket);
    Key key = new Key("holdfast-probe");
    attempt(
        "begin an upload",
        () -> {
          String id =
              client()
                  .createMultipartUpload(objects.begin(key, Attributes.none("text/plain"), "probe"))
                  .uploadId();
          abort(objects.path(key), id);
          return id;
        });
  }

  private Object lookAtBucket() {
    try {
      return client().headBucket(bucket -> bucket.bucket(spec.bucket()));
    } catch (S3Exception e) {
      throw e.statusCode() == 404 ? failures.missingBucket(e) : e;
    }
  }

  @Override
  public Traits traits() {
    return new Traits(false, true, true);
  }

  S3Client client() {
    return clients.of(spec);
  }

  /** Whoever removes: other keys than the writer's, where the plan has them. */
  private S3Client remover() {
    return clients.of(spec.forRetention());
  }

  S3Objects objects() {
    return objects;
  }

  S3Failures failures() {
    return failures;
  }

  StoreSpec.S3 spec() {
    return spec;
  }

  /** The longest one part may take: a minute and then a 64 KiB a second at the very least. */
  static Duration patience(long bytes) {
    return Duration.ofSeconds(60 + bytes / (64 << 10));
  }

  private <T> T attempt(String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      throw failures.of(doing, e);
    }
  }
}
