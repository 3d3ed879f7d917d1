package holdfast.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.Test;

class S3ServerTest {

  @Test
  void it_answers_and_makes_buckets() throws IOException {
    S3Server server = S3Server.shared();
    String bucket = server.bucket("s3-server-test");
    HttpURLConnection connection =
        (HttpURLConnection) server.endpoint().resolve("/" + bucket).toURL().openConnection();
    assertThat(connection.getResponseCode()).isEqualTo(200);
  }
}
