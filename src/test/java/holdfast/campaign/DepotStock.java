package holdfast.campaign;

import holdfast.harness.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What really rests in a depot's stores, seen from outside of Holdfast. */
final class DepotStock {

  private static final S3Client S3 =
      S3Client.builder()
          .httpClient(ApacheHttpClient.create())
          .region(Region.US_EAST_1)
          .endpointOverride(S3Server.shared().endpoint())
          .forcePathStyle(true)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
          .build();

  private final Depot depot;

  DepotStock(Depot depot) {
    this.depot = depot;
  }

  /** Every key of a store, below the store's own prefix. */
  List<String> keys(String store) throws IOException {
    if (store.equals("primary")) {
      return S3.listObjectsV2Paginator(list -> list.bucket(depot.bucket)).contents().stream()
          .map(S3Object::key)
          .map(key -> key.substring("vault/".length()))
          .toList();
    }
    try (Stream<Path> files = Files.walk(depot.shelf())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> depot.shelf().relativize(file).toString())
          .filter(key -> !key.startsWith("."))
          .toList();
    }
  }

  /** The ids of the points that something of rests in a store. */
  Set<String> points(String store) throws IOException {
    return keys(store).stream()
        .map(key -> key.split("/"))
        .map(path -> path[path.length - 2])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Uploads that were begun and neither completed nor ended. */
  int unfinished() throws IOException {
    int uploads = S3.listMultipartUploads(list -> list.bucket(depot.bucket)).uploads().size();
    Path files = depot.shelf().resolve(".uploads");
    if (!Files.isDirectory(files)) {
      return uploads;
    }
    try (Stream<Path> left = Files.list(files)) {
      return uploads + (int) left.count();
    }
  }

  /** SHA-256 of what rests under a key, in hex; empty where nothing does. */
  String sha256(String store, String key) throws IOException {
    if (!keys(store).contains(key)) {
      return "";
    }
    try (InputStream bytes = open(store, key);
        DigestInputStream hashed =
            new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      hashed.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(hashed.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private InputStream open(String store, String key) throws IOException {
    return store.equals("primary")
        ? S3.getObject(get -> get.bucket(depot.bucket).key("vault/" + key))
        : Files.newInputStream(depot.shelf().resolve(key));
  }

  /** Takes everything out of the bucket. */
  void empty() throws IOException {
    for (String key : keys("primary")) {
      S3.deleteObject(gone -> gone.bucket(depot.bucket).key("vault/" + key));
    }
  }
}
