package holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import holdfast.journal.Code;
import holdfast.journal.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A copy that was moved whole, but that nobody recorded, does not stay to be mistaken for a point.
 */
class UnconfirmedTest {

  @Test
  void what_could_not_be_confirmed_is_taken_back() throws IOException {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    try (House house = House.of(wishes)) {
      Path confirm = house.home.resolve("routes/backup/backup-confirm.camel.yaml");
      String text = Files.readString(confirm);
      assertThat(text).contains("putObjectTagging");
      Files.writeString(confirm, text.replace("putObjectTagging", "getObjectTagging"));
      house.start();
      Run run = house.backup();
      assertThat(run.failureCode()).isEqualTo(Code.NO_EVIDENCE);
      assertThat(run.failure()).contains("does not have the tag holdfast=data");
      assertThat(house.points()).isEmpty();
      await().until(() -> new Bucket(house).keys().isEmpty());
    }
  }

  @Test
  void what_aws_refuses_is_told_with_its_own_word() throws IOException {
    House.Wishes wishes = new House.Wishes();
    wishes.database = Sample.database();
    try (House house = House.of(wishes)) {
      Path confirm = house.home.resolve("routes/backup/backup-confirm.camel.yaml");
      String text = Files.readString(confirm);
      Files.writeString(confirm, text.replaceFirst("\\{\\{bucket}}", "no-such-bucket-at-all"));
      house.start();
      Run run = house.backup();
      assertThat(run.failureCode()).isEqualTo(Code.UNREACHABLE);
      assertThat(run.failure()).contains("AWS refused a step", "404");
      await().until(() -> new Bucket(house).keys().isEmpty());
    }
  }
}
