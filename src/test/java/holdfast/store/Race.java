package holdfast.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Eight writers that put the same document if it is absent. */
final class Race {

  private Race() {}

  /** What those wrote who were told that they won. */
  static List<String> winners(Store store, Key key, Store.Attributes attributes) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Boolean>> puts =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> store.putIfAbsent(key, document(i), attributes))
              .toList();
      List<Future<Boolean>> answers = threads.invokeAll(puts);
      List<String> winners = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i).get()) {
          winners.add("writer " + i);
        }
      }
      return winners;
    } finally {
      threads.shutdownNow();
    }
  }

  private static byte[] document(int writer) {
    return ("writer " + writer).getBytes(StandardCharsets.UTF_8);
  }
}
