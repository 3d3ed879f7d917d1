package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.harness.S3Server;
import holdfast.plan.Finding;
import holdfast.plan.Plans;
import holdfast.plan.StoreSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

class BucketsTest extends FaultyStore {

  private S3Client client;
  private Plans plans;

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  @BeforeEach
  void declare() {
    client = clients.of(spec);
    plans = PlansOfTests.plans(spec);
  }

  @Test
  void applying_writes_our_rules_once_and_keeps_the_others() {
    LifecycleRule foreign = LifecycleRulesTest.expiring("logs", "logs/", null);
    put(client, spec, foreign);
    Buckets buckets = new Buckets(clients, InstantSource.system());

    assertThat(buckets.status(plans))
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.drifted()).isTrue();
              assertThat(status.hazards()).isEmpty();
              assertThat(status.versioned()).isTrue();
            });
    for (int time = 0; time < 2; time++) {
      assertThat(buckets.apply(plans)).singleElement().returns(false, BucketStatus::drifted);
      assertThat(rules(client, spec)).hasSize(4).contains(foreign);
    }
    assertThat(findings(plans)).isEmpty();
  }

  @Test
  void a_server_that_drops_the_limits_of_a_rule_gets_its_former_rules_back() {
    S3Server server = S3Server.shared();
    StoreSpec.S3 mock = mock(server);
    S3Client mocked = clients.of(mock);
    LifecycleRule foreign = LifecycleRulesTest.expiring("logs", "logs/", null);
    put(mocked, mock, foreign);
    assertThatThrownBy(
            () -> new Buckets(clients, InstantSource.system()).apply(PlansOfTests.plans(mock)))
        .hasMessageContaining("does not keep lifecycle rules as they are written");
    assertThat(rules(mocked, mock)).containsExactly(foreign);
  }

  @Test
  void what_is_unsafe_about_a_bucket_is_found_where_it_is_declared() {
    StoreSpec.S3 mock = mock(S3Server.shared());
    put(clients.of(mock), mock, LifecycleRulesTest.expiring("clean-up", "", null));
    assertThat(findings(PlansOfTests.plans(mock)))
        .extracting(Finding::toString)
        .allMatch(finding -> finding.startsWith("application.yml:1: "))
        .anyMatch(finding -> finding.contains("rule 'clean-up'") && !finding.contains("warning: "))
        .anyMatch(finding -> finding.contains("warning: ") && finding.contains("store apply"))
        .anyMatch(
            finding -> finding.contains("warning: ") && finding.contains("versioning is off"));
  }

  @Test
  void a_missing_bucket_is_one_sentence_with_its_remedy() {
    StoreSpec.S3 missing = S3Server.shared().spec("primary", "no-such-bucket", "");
    assertThat(findings(PlansOfTests.plans(missing)))
        .singleElement()
        .hasToString(
            "application.yml:1: Store 'primary': the bucket 'no-such-bucket' does not exist."
                + " Create it or correct its name.");
  }

  private static StoreSpec.S3 mock(S3Server server) {
    return server.spec("primary", server.bucket("rules-" + BUCKETS.incrementAndGet()), "holdfast");
  }

  private static void put(S3Client client, StoreSpec.S3 spec, LifecycleRule rule) {
    client.putBucketLifecycleConfiguration(
        put -> put.bucket(spec.bucket()).lifecycleConfiguration(all -> all.rules(rule)));
  }

  private static List<LifecycleRule> rules(S3Client client, StoreSpec.S3 spec) {
    return client.getBucketLifecycleConfiguration(get -> get.bucket(spec.bucket())).rules();
  }

  private List<Finding> findings(Plans of) {
    return new StoreCheck(anyKeys(), settings, InstantSource.system()).findings(of);
  }
}
