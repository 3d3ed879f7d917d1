package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.SettableClock;
import holdfast.plan.AwsAccess;
import holdfast.plan.Origin;
import holdfast.plan.SenderSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No address in a message is ever asked: it either is the very one we would ask, or none. */
class CertificateAddressTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final KeyPair KEY = TopicSigner.pair();
  private static final String FILE = "/SimpleNotificationService-0123abcd.pem";
  private static final String HOST = "https://sns.us-east-1.amazonaws.com";

  private final AtomicInteger hits = new AtomicInteger();
  private final AtomicInteger fetches = new AtomicInteger();
  private ServerSocket sink;

  @BeforeEach
  void open() throws IOException {
    sink = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread listening = new Thread(this::listen, "sink");
    listening.setDaemon(true);
    listening.start();
  }

  private void listen() {
    while (!sink.isClosed()) {
      try {
        sink.accept().close();
        hits.incrementAndGet();
      } catch (IOException closed) {
        return;
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    sink.close();
  }

  @Test
  void the_one_address_of_the_topics_region_is_taken_with_or_without_its_port() {
    CertificateAddress expected =
        new CertificateAddress("sns.us-east-1.amazonaws.com", "sns.amazonaws.com", "0123abcd");
    assertThat(CertificateAddress.of(HOST + FILE, TopicSigner.TOPIC)).contains(expected);
    assertThat(CertificateAddress.of(HOST + ":443" + FILE, TopicSigner.TOPIC)).contains(expected);
    assertThat(
            CertificateAddress.of(
                "https://sns.cn-north-1.amazonaws.com.cn" + FILE,
                "arn:aws-cn:sns:cn-north-1:123456789012:alarms"))
        .contains(
            new CertificateAddress(
                "sns.cn-north-1.amazonaws.com.cn", "sns.amazonaws.com.cn", "0123abcd"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "HTTPS://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "ftp://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "file:///SimpleNotificationService-0123abcd.pem",
        "jar:file:///x!/SimpleNotificationService-0123abcd.pem",
        "//sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-west-2.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.s3-us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com.cn/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com.evil.example/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com./SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.comm/SimpleNotificationService-0123abcd.pem",
        "https://evil.example/sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns-us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.arnazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com@127.0.0.1:PORT/SimpleNotificationService-0123abcd.pem",
        "https://user:word@sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com:443@127.0.0.1:PORT/SimpleNotificationService-0123abcd.pem",
        "https://127.0.0.1:PORT/SimpleNotificationService-0123abcd.pem",
        "http://127.0.0.1:PORT/SimpleNotificationService-0123abcd.pem",
        "https://localhost:PORT#sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://localhost:PORT?sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        "https://[::1]:PORT/SimpleNotificationService-0123abcd.pem",
        "https://169.254.169.254/SimpleNotificationService-0123abcd.pem",
        "https://2130706433:PORT/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com:PORT/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com:443:443/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com\\@127.0.0.1:PORT/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com/../SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com/x/SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com//SimpleNotificationService-0123abcd.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123ABCD.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem?next=http://127.0.0.1:PORT/",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem#",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem%00",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-..%2f0123.pem",
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem\r\nHost: evil.example",
        "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription",
        " https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
        ""
      })
  void any_other_address_is_refused_before_anything_is_asked(String written) {
    String url = written.replace("PORT", String.valueOf(sink.getLocalPort()));
    assertThat(CertificateAddress.of(url, TopicSigner.TOPIC)).isEmpty();

    Map<String, String> fields = TopicSigner.notice("m-1", NOW, "disk full");
    fields.put("SigningCertURL", url);
    String message = TopicSigner.json(TopicSigner.signed(fields, KEY.getPrivate(), "2"));
    AmazonCertificates amazon = new AmazonCertificates();
    Certificates counted =
        (host, id) -> {
          fetches.incrementAndGet();
          return amazon.fetch(host, id);
        };
    SettableClock clock = new SettableClock(NOW);
    Topics topics = new Topics(new SigningKeys(counted, Trust::ofJava, clock), clock);

    assertThatThrownBy(() -> topics.read(sender(), message))
        .isInstanceOfSatisfying(
            TurnedAway.class, refused -> assertThat(refused.why()).isEqualTo(TurnedAway.Why.FORGED))
        .hasMessageContaining("not of its topic's region");
    assertThat(fetches).hasValue(0);
    assertThat(hits).hasValue(0);
  }

  private static SenderSpec.Topic sender() {
    return new SenderSpec.Topic(
        "cloud",
        List.of(TopicSigner.TOPIC),
        new AwsAccess("us-east-1", null, null, null),
        100,
        new Origin(Path.of("application.yml"), 1));
  }

  @Test
  void the_sink_would_have_seen_a_connection() throws IOException {
    try (var connection =
        new java.net.Socket(InetAddress.getLoopbackAddress(), sink.getLocalPort())) {
      assertThat(connection.getInputStream().read()).isEqualTo(-1);
    } catch (UncheckedIOException refused) {
      throw refused.getCause();
    }
    org.awaitility.Awaitility.await().until(() -> hits.get() == 1);
  }
}
