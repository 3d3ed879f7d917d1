package holdfast.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holdfast.journal.Code;
import holdfast.journal.RunException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises. */
abstract class StoreContract {

  static final Store.Attributes DATA =
      new Store.Attributes(
          "application/octet-stream", Map.of("run", "1"), Map.of("holdfast", "data"));
  static final int PART = (int) PartSizes.SMALLEST;

  /** What data carries here. */
  Store.Attributes data() {
    return DATA;
  }

  /** An empty store. */
  abstract Store store();

  /**
   * How many of eight racing writers may be told that they won: one, where the server decides in
   * one step.
   */
  int mostWinners() {
    return 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 12345})
  void what_was_put_is_read_back(int size) throws Exception {
    Key key = new Key("sizes/of-" + size);
    byte[] bytes = bytes(size);
    Store.Receipt receipt = put(key, bytes, size);
    assertThat(receipt.head().bytes()).isEqualTo(size);
    assertThat(receipt.parts()).isEqualTo(parts(size));
    assertThat(store().head(key).orElseThrow().bytes()).isEqualTo(size);
    try (InputStream in = store().open(key)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }
  }

  /** How many parts an object of that size has. */
  int parts(int size) {
    return Math.max(1, (size + PART - 1) / PART);
  }

  @Test
  void a_large_object_passes_through_a_bounded_memory() throws Exception {
    Key key = new Key("large/object");
    long size = 160L << 20;
    byte[] block = bytes(1 << 20);
    MessageDigest sent = sha256();
    try (Store.Upload upload = store().begin(key, size, data())) {
      for (long at = 0; at < size; at += block.length) {
        block[0]++;
        sent.update(block);
        upload.sink().write(block);
      }
      assertThat(upload.complete().head().bytes()).isEqualTo(size);
    }
    MessageDigest read = sha256();
    try (InputStream in = store().open(key)) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        read.update(block, 0, n);
      }
    }
    assertThat(read.digest()).isEqualTo(sent.digest());
  }

  /** Whether tags can be set here; a store that keeps none takes them and does nothing. */
  boolean takesTags() {
    return true;
  }

  @Test
  void tags_change_nothing_else_and_nothing_is_locked() throws Exception {
    Key key = new Key("tagged/object");
    put(key, bytes(1000), 1000);
    Map<String, String> tags = Map.of("holdfast", "expiring");
    if (takesTags()) {
      store().tag(key, tags);
      store().tag(new Key("tagged/nothing"), tags);
    } else {
      assertThatThrownBy(() -> store().tag(key, tags))
          .isInstanceOf(RunException.class)
          .hasMessageContaining(store().name());
    }
    assertThat(store().lockedUntil(key)).isEmpty();
    assertThat(store().lockedUntil(new Key("tagged/nothing"))).isEmpty();
    try (InputStream in = store().open(key)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes(1000));
    }
    assertThat(list("tagged/")).containsExactly("tagged/object");
  }

  @Test
  void nothing_is_visible_before_it_is_complete() throws Exception {
    Key key = new Key("invisible/object");
    try (Store.Upload upload = store().begin(key, 0, data())) {
      upload.sink().write(bytes(2 * PART + 5));
      upload.sink().close();
      assertThat(store().head(key)).isEmpty();
      assertThat(list("invisible/")).isEmpty();
      upload.complete();
      assertThat(list("invisible/")).containsExactly("invisible/object");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 2 * PART + 5})
  void an_abort_leaves_nothing(int size) throws Exception {
    Key key = new Key("aborted/object-" + size);
    Store.Upload upload = store().begin(key, 0, data());
    upload.sink().write(bytes(size));
    upload.close();
    upload.close();
    assertThat(store().head(key)).isEmpty();
    assertThat(list("aborted/")).isEmpty();
    assertThat(store().abandon("aborted/")).isZero();
    assertThatThrownBy(upload::complete).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void unfinished_uploads_of_a_lost_process_are_ended_by_prefix() throws Exception {
    try (Store.Upload lost = store().begin(new Key("lost/a/data"), 0, data());
        Store.Upload other = store().begin(new Key("other/a/data"), 0, data())) {
      lost.sink().write(bytes(PART + 1));
      other.sink().write(bytes(PART + 1));
      assertThat(store().abandon("lost/a")).isEqualTo(1);
      assertThat(store().abandon("lost/a")).isZero();
      other.complete();
    }
    assertThat(list("other/")).containsExactly("other/a/data");
  }

  /** Sizes of uploads that meet an object of the same name. */
  List<Integer> colliding() {
    return List.of(10, PART + 1);
  }

  @Test
  void an_upload_never_replaces_an_object() throws Exception {
    for (int size : colliding()) {
      Key key = new Key("kept/object-" + size);
      put(key, "first".getBytes(StandardCharsets.UTF_8), 0);
      try (Store.Upload upload = store().begin(key, 0, data())) {
        upload.sink().write(bytes(size));
        assertThatThrownBy(upload::complete)
            .isInstanceOfSatisfying(
                RunException.class, e -> assertThat(e.code()).isEqualTo(Code.REFUSED));
      }
      try (InputStream in = store().open(key)) {
        assertThat(in.readAllBytes()).asString().isEqualTo("first");
      }
    }
  }

  @Test
  void of_many_that_put_if_absent_one_wins() throws Exception {
    Key key = new Key("race/manifest.json");
    List<String> winners = Race.winners(store(), key, data());
    try (InputStream in = store().open(key)) {
      String stored = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(winners).hasSizeBetween(1, mostWinners()).contains(stored);
    }
  }

  @Test
  void a_listing_is_complete_and_ascending() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      threads.invokeAll(
          IntStream.range(0, 1_050)
              .<Callable<Boolean>>mapToObj(
                  i ->
                      () ->
                          store()
                              .putIfAbsent(
                                  new Key("many/%04d/x".formatted(i)), new byte[i % 7], data()))
              .toList());
    } finally {
      threads.shutdown();
    }
    try (Stream<Store.Entry> entries = store().list("many/")) {
      List<Store.Entry> all = entries.toList();
      assertThat(all).hasSize(1_050);
      assertThat(all).extracting(entry -> entry.key().path()).isSorted();
      assertThat(all.get(6).bytes()).isEqualTo(6);
    }
    assertThat(list("many/0007")).containsExactly("many/0007/x");
    assertThat(list("nothing/")).isEmpty();
  }

  @Test
  void every_letter_of_a_key_is_kept() throws Exception {
    Key key =
        new Key(
            "AZ09/az_x-y.z/2026/11/21/20261121T020000Z-0abc/data.custom.zst.gpg/"
                + "x".repeat(200));
    put(key, bytes(3), 0);
    assertThat(list("AZ09/")).containsExactly(key.path());
  }

  @Test
  void what_is_removed_is_gone_and_may_be_removed_again() throws Exception {
    Key key = new Key("removed/object");
    put(key, bytes(3), 0);
    store().remove(key);
    store().remove(key);
    assertThat(store().head(key)).isEmpty();
    assertThatThrownBy(() -> store().open(key))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("removed/object")
        .hasMessageContaining("'" + store().name() + "'");
  }

  @Test
  void a_probe_finds_nothing_wrong_and_leaves_nothing() {
    store().probe();
    assertThat(list("")).isEmpty();
    assertThat(store().abandon("")).isZero();
  }

  final Store.Receipt put(Key key, byte[] bytes, long expected) throws IOException {
    try (Store.Upload upload = store().begin(key, expected, data());
        OutputStream sink = upload.sink()) {
      sink.write(bytes);
      return upload.complete();
    }
  }

  final List<String> list(String prefix) {
    try (Stream<Store.Entry> entries = store().list(prefix)) {
      return entries.map(entry -> entry.key().path()).toList();
    }
  }

  static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static MessageDigest sha256() throws NoSuchAlgorithmException {
    return MessageDigest.getInstance("SHA-256");
  }
}
