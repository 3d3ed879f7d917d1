package holdfast.store;

import holdfast.plan.StoreSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** What every object of a store carries: its place, encryption, storage class, metadata, tags. */
record S3Objects(StoreSpec.S3 spec) {

  /** Metadata that tells our own object from anybody else's after an answer was lost. */
  static final String NONCE = "holdfast-upload";

  /** The object's name in the bucket. */
  String path(Key key) {
    return prefix() + key.path();
  }

  /** Empty, or the store's prefix with a slash at its end. */
  String prefix() {
    return spec.prefix().isEmpty() ? "" : spec.prefix() + "/";
  }

  CreateMultipartUploadRequest begin(Key key, Store.Attributes attributes, String nonce) {
    return CreateMultipartUploadRequest.builder()
        .bucket(spec.bucket())
        .key(path(key))
        .contentType(attributes.contentType())
        .metadata(metadata(attributes, nonce))
        .tagging(tagging(attributes))
        .serverSideEncryption(encryption())
        .ssekmsKeyId(kmsKey())
        .storageClass(spec.storageClass())
        .checksumAlgorithm(ChecksumAlgorithm.CRC32)
        .build();
  }

  /** A whole object that must not be there yet. */
  PutObjectRequest put(Key key, Store.Attributes attributes, String nonce, int crc, long length) {
    return PutObjectRequest.builder()
        .bucket(spec.bucket())
        .key(path(key))
        .ifNoneMatch("*")
        .contentType(attributes.contentType())
        .contentLength(length)
        .metadata(metadata(attributes, nonce))
        .tagging(tagging(attributes))
        .serverSideEncryption(encryption())
        .ssekmsKeyId(kmsKey())
        .storageClass(spec.storageClass())
        .checksumCRC32(Checksums.encoded(crc))
        .build();
  }

  private static Map<String, String> metadata(Store.Attributes attributes, String nonce) {
    Map<String, String> all = new HashMap<>(attributes.metadata());
    all.put(NONCE, nonce);
    return all;
  }

  private static @Nullable String tagging(Store.Attributes attributes) {
    return attributes.tags().isEmpty()
        ? null
        : attributes.tags().entrySet().stream()
            .map(tag -> encoded(tag.getKey()) + "=" + encoded(tag.getValue()))
            .sorted()
            .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private @Nullable ServerSideEncryption encryption() {
    return switch (spec.encryption()) {
      case NONE -> null;
      case SSE_S3 -> ServerSideEncryption.AES256;
      case SSE_KMS -> ServerSideEncryption.AWS_KMS;
    };
  }

  private @Nullable String kmsKey() {
    return spec.encryption() == StoreSpec.Encryption.SSE_KMS ? spec.kmsKey() : null;
  }
}
