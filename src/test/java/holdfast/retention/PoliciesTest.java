package holdfast.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rights that are shipped: who writes cannot remove, and who removes can only do that. */
class PoliciesTest {

  private static final Path FOLDER = Path.of("src/main/resources/iam");

  /** What takes data away, or makes it possible. */
  private static final List<String> REMOVING =
      List.of(
          "s3:DeleteObject",
          "s3:DeleteObjectVersion",
          "s3:PutObjectRetention",
          "s3:PutObjectLegalHold",
          "s3:BypassGovernanceRetention",
          "s3:PutLifecycleConfiguration",
          "s3:PutBucketVersioning",
          "s3:PutBucketObjectLockConfiguration",
          "s3:PutBucketPolicy",
          "s3:DeleteBucket");

  private static JsonNode policy(String name) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
  }

  private static List<String> actions(String name, String effect) throws IOException {
    List<String> actions = new ArrayList<>();
    for (JsonNode statement : policy(name).path("Statement")) {
      if (statement.path("Effect").asText().equals(effect)
          && (effect.equals("Allow") || !statement.has("Condition"))) {
        assertThat(statement.path("Action").isArray()).isTrue();
        statement.path("Action").forEach(action -> actions.add(action.asText()));
      }
    }
    return actions;
  }

  @ParameterizedTest
  @ValueSource(strings = {"writer", "retention", "reader"})
  void each_names_every_right_alone_and_only_for_this_bucket(String name) throws IOException {
    assertThat(policy(name).path("Version").asText()).isEqualTo("2012-10-17");
    assertThat(actions(name, "Allow")).isNotEmpty().noneMatch(action -> action.contains("*"));
    assertThat(policy(name).findValuesAsText("Resource"))
        .allMatch(resource -> resource.isEmpty() || resource.startsWith("arn:aws:s3:::BUCKET"));
    assertThat(Files.readString(Path.of("src/docs/operating.md")))
        .contains("src/main/resources/iam/" + name + ".json");
  }

  @Test
  void the_writer_may_do_nothing_that_removes_or_unlocks() throws IOException {
    assertThat(actions("writer", "Allow"))
        .doesNotContainAnyElementsOf(REMOVING)
        .noneMatch(action -> action.contains("Delete"))
        .containsExactlyInAnyOrder(
            "s3:PutObject",
            "s3:PutObjectTagging",
            "s3:AbortMultipartUpload",
            "s3:ListMultipartUploadParts",
            "s3:GetObject",
            "s3:GetObjectTagging",
            "s3:ListBucket",
            "s3:ListBucketMultipartUploads",
            "s3:GetBucketVersioning",
            "s3:GetEncryptionConfiguration",
            "s3:GetLifecycleConfiguration");
    assertThat(actions("writer", "Deny")).containsAll(REMOVING);
  }

  @Test
  void the_writer_may_not_mark_an_object_so_that_a_bucket_rule_removes_it() throws IOException {
    JsonNode deny = policy("writer").path("Statement").get(2);
    assertThat(deny.path("Effect").asText()).isEqualTo("Deny");
    assertThat(deny.path("Action").toString()).contains("s3:PutObject\"", "s3:PutObjectTagging\"");
    assertThat(deny.at("/Condition/StringEquals").path("s3:RequestObjectTag/holdfast").asText())
        .isEqualTo("expiring");
  }

  @Test
  void whoever_removes_writes_nothing_removes_no_version_and_unlocks_nothing() throws IOException {
    assertThat(actions("retention", "Allow"))
        .containsExactlyInAnyOrder(
            "s3:DeleteObject",
            "s3:PutObjectTagging",
            "s3:GetObject",
            "s3:GetObjectRetention",
            "s3:GetObjectLegalHold",
            "s3:ListBucket");
    assertThat(actions("retention", "Deny"))
        .contains("s3:PutObject", "s3:DeleteObjectVersion", "s3:BypassGovernanceRetention");
  }

  @Test
  void the_reader_only_reads() throws IOException {
    assertThat(actions("reader", "Allow")).allMatch(action -> action.matches("s3:(Get|List).*"));
  }
}
