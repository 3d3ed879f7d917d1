package holdfast.store;

import com.sun.management.OperatingSystemMXBean;
import holdfast.harness.S3Server;
import holdfast.plan.StoreSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/**
 * Uploads one stream through Holdfast's uploader and through {@code aws s3 cp -}, to the same
 * server, in turns: {@code UploadBench MEGABYTES PAIRS}.
 */
final class UploadBench {

  private static final byte[] BLOCK = new byte[1 << 20];

  private UploadBench() {}

  public static void main(String[] args) throws Exception {
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    int pairs = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    new Random(1).nextBytes(BLOCK);
    Path folder = Files.createTempDirectory("upload-bench");
    try (S3Server server = S3Server.start(folder, "bench")) {
      StoreSpec.S3 spec = server.spec("bench", "bench", "");
      S3Settings settings = S3Settings.standard(folder);
      try (S3Clients clients = new S3Clients(S3Server.secrets(), settings)) {
        S3Store store = new S3Store(spec, clients, settings, InstantSource.system());
        for (int pair = 0; pair < pairs; pair++) {
          ours(store, new Key("ours-" + pair), megabytes, server.pid());
          aws(server, "aws-" + pair, megabytes);
        }
      }
    }
  }

  private static void ours(S3Store store, Key key, int megabytes, long server) throws IOException {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = machine.getProcessCpuTime();
    Duration serverCpu = cpu(server);
    long start = System.nanoTime();
    try (Store.Upload upload =
        store.begin(key, megabytes * 1_000_000L, Store.Attributes.none("text/plain"))) {
      pour(upload.sink(), megabytes);
      upload.complete();
    }
    say("ours", megabytes, start, (machine.getProcessCpuTime() - cpu) / 1e9);
    System.out.printf("  server CPU %.2f s%n", cpu(server).minus(serverCpu).toMillis() / 1e3);
    store.remove(key);
  }

  private static void aws(S3Server server, String key, int megabytes) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "TIMEFORMAT='aws CPU %U + %S s'; time aws --endpoint-url "
                + server.endpoint()
                + " --region us-east-1 s3 cp - s3://bench/"
                + key);
    builder.environment().put("AWS_ACCESS_KEY_ID", "any");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "any");
    builder.environment().put("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required"); // S3Mock
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
    Duration serverCpu = cpu(server.pid());
    long start = System.nanoTime();
    Process process = builder.start();
    try (OutputStream sink = process.getOutputStream()) {
      pour(sink, megabytes);
    }
    if (process.waitFor() != 0) {
      throw new IllegalStateException("aws failed");
    }
    say("aws", megabytes, start, 0);
    System.out.printf("  server CPU %.2f s%n", cpu(server.pid()).minus(serverCpu).toMillis() / 1e3);
  }

  private static void pour(OutputStream sink, int megabytes) throws IOException {
    for (int i = 0; i < megabytes; i++) {
      BLOCK[0]++;
      sink.write(BLOCK);
    }
    sink.flush();
  }

  private static Duration cpu(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }

  private static void say(String who, int megabytes, long start, double cpu) {
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println(
        List.of(
            who,
            "%.2f s".formatted(seconds),
            "%.0f MB/s".formatted(megabytes / seconds),
            "CPU %.2f s".formatted(cpu)));
  }
}
