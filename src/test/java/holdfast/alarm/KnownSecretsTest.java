package holdfast.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.SettableClock;
import holdfast.plan.Origin;
import holdfast.plan.Secret;
import holdfast.plan.SecretMissingException;
import holdfast.plan.SecretRef;
import holdfast.plan.SecretSource;
import holdfast.plan.Secrets;
import holdfast.plan.SenderSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a post costs whose sender's secret lies in AWS, and what holds while AWS is away. */
class KnownSecretsTest {

  private final SettableClock clock = SettableClock.at("2026-11-21T12:00:00Z");
  private final Vault vault = new Vault(SecretRef.Kind.AWS);
  private final Credentials credentials = credentials(vault);

  private Credentials credentials(Vault source) {
    return new Credentials(new Secrets(List.of(source)), clock);
  }

  /** Keeps one secret; absent, it cannot be read. */
  private static final class Vault implements SecretSource {
    private final SecretRef.Kind kind;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable String value = "first";
    private volatile Runnable delay = () -> {};

    Vault(SecretRef.Kind kind) {
      this.kind = kind;
    }

    @Override
    public SecretRef.Kind kind() {
      return kind;
    }

    @Override
    public Secret read(SecretRef ref) {
      asked.incrementAndGet();
      delay.run();
      String kept = value;
      if (kept == null) {
        throw new SecretMissingException("AWS does not answer.");
      }
      return new Secret(kept);
    }
  }

  private void post(Credentials door, Vault source, String token) {
    SenderSpec.Webhook sender =
        new SenderSpec.Webhook(
            "prometheus",
            SenderSpec.Format.ALERTMANAGER,
            new SenderSpec.Token(new SecretRef(source.kind(), "prod/token")),
            60,
            null,
            new Origin(Path.of("application.yml"), 1));
    door.require(sender, Door.post("prometheus", "{}", Map.of("authorization", "Bearer " + token)));
  }

  private void post(String token) {
    post(credentials, vault, token);
  }

  private void assertRefused(String token) {
    assertThatThrownBy(() -> post(token)).isInstanceOf(TurnedAway.class);
  }

  @Test
  void aws_is_asked_once_for_many_posts_and_a_wrong_token_is_refused_without_asking() {
    for (int i = 0; i < 100; i++) {
      post("first");
      assertRefused("wrong");
    }

    assertThat(vault.asked).hasValue(1);
  }

  @Test
  void a_new_secret_holds_within_a_minute_and_the_old_one_no_more() {
    post("first");
    vault.value = "second";
    clock.move(Duration.ofSeconds(60));

    post("second");
    assertRefused("first");
    assertThat(vault.asked).hasValue(2);
  }

  @Test
  void while_aws_is_away_the_last_answer_holds_for_ten_minutes_and_is_not_asked_for_each_post() {
    post("first");
    vault.value = null;
    clock.move(Duration.ofMinutes(10).minusSeconds(1));
    for (int i = 0; i < 100; i++) {
      post("first");
      assertRefused("wrong");
    }
    assertThat(vault.asked).hasValue(2);
    clock.move(Duration.ofSeconds(1));
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> post("first"))
          .isInstanceOf(SecretMissingException.class)
          .hasMessage("AWS does not answer.");
    }
    assertThat(vault.asked).hasValue(2);
    vault.value = "first";
    clock.move(KnownSecrets.PAUSE);

    assertThatCode(() -> post("first")).doesNotThrowAnyException();
  }

  @Test
  void after_the_clock_was_set_back_an_old_secret_holds_no_longer_than_before() {
    post("first");
    vault.value = "second";
    clock.move(Duration.ofDays(-1));

    post("second");
    assertRefused("first");
    clock.move(Duration.ofDays(-1));
    vault.value = null;
    assertThatThrownBy(() -> post("second")).isInstanceOf(SecretMissingException.class);
  }

  @Test
  void while_one_post_waits_for_aws_the_others_go_on_with_what_is_known() throws Exception {
    post("first");
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    vault.delay =
        () -> {
          hangs.countDown();
          await(over);
        };
    clock.move(KnownSecrets.FRESH);
    CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> post("first"));
    await(hangs);

    post("first");
    assertThat(slow).isNotDone();
    over.countDown();
    slow.get(10, TimeUnit.SECONDS);
    assertThat(vault.asked).hasValue(2);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void a_secret_in_a_variable_is_read_for_each_post() {
    Vault variable = new Vault(SecretRef.Kind.ENV);
    Credentials door = credentials(variable);
    post(door, variable, "first");
    variable.value = "second";

    assertThatCode(() -> post(door, variable, "second")).doesNotThrowAnyException();
  }
}
