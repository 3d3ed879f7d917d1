package holdfast.verify;

import holdfast.catalog.Manifest;
import holdfast.catalog.Point;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.plan.ConnectionSpec;
import holdfast.plan.Home;
import holdfast.plan.Plans;
import holdfast.restore.Attempts;
import holdfast.restore.Databases;
import holdfast.restore.Retrieval;
import holdfast.source.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes room for a copy, and brings it there. */
final class Preparation {

  /** Free bytes of the disk that holds a folder. */
  interface Disk {
    long free(Path folder) throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);
  private static final long EMPTY_SERVER_BYTES = 200L << 20;
  private static final double GIGABYTE = 1 << 30;

  private final Plans plans;
  private final Retrieval retrieval;
  private final Servers servers;
  private final Disk disk;
  private final VerifySettings settings;

  Preparation(
      Plans plans, Retrieval retrieval, Servers servers, Disk disk, VerifySettings settings) {
    this.plans = plans;
    this.retrieval = retrieval;
    this.servers = servers;
    this.disk = disk;
    this.settings = settings;
  }

  static Path folder(Home home) {
    return home.state().resolve("scratch");
  }

  void prepare(OpenProof proof) throws IOException {
    Point point = proof.ticket.point();
    proof.verification =
        plans.asset(point.asset()).map(Asset::verification).orElseThrow(() -> unplanned(point));
    ConnectionSpec connection = declared();
    if (connection == null) {
      Path folder = Files.createDirectories(folder(plans.home()));
      requireRoom(point, folder);
      proof.scratch = PrivateScratch.start(folder.resolve(proof.run.id()));
    } else {
      proof.scratch = new ServerScratch(servers, connection, proof.run.id());
    }
  }

  private @Nullable ConnectionSpec declared() {
    String name = plans.installation().scratch().connection();
    return name == null ? null : plans.installation().connections().get(name);
  }

  private void requireRoom(Point point, Path folder) throws IOException {
    long needed = (long) (point.plainBytes() * settings.room()) + EMPTY_SERVER_BYTES;
    long free = disk.free(folder);
    if (free < needed) {
      throw new RunException(
          Code.FULL,
          folder.toString(),
          true,
          "Proving point %s needs %.1f GB in %s and %.1f GB are free: make room there."
              .formatted(point.id(), needed / GIGABYTE, folder, free / GIGABYTE));
    }
  }

  private static RunException unplanned(Point point) {
    return new RunException(
        Code.INVALID,
        point.asset().toString(),
        false,
        "The plan no longer names %s, so there is nothing to ask of point %s: declare the asset again, or restore the point by hand."
            .formatted(point.asset(), point.id()));
  }

  /**
   * Loads the first copy that can be reached. A damaged one is never passed over for another: that
   * would prove the point and hide the damage.
   */
  void load(OpenProof proof) {
    Point point = proof.ticket.point();
    Scratch scratch = proof.scratch();
    Attempts.each(
        Retrieval.usable(point),
        trouble -> trouble.code() == Code.UNREACHABLE,
        copy -> {
          Manifest manifest = retrieval.manifest(point, copy);
          scratch.create();
          try {
            Databases.schemas(scratch.owner(), manifest.schemasToMake(), "of the proof");
            proof.restoreSeconds = retrieval.load(copy, manifest, scratch.target(), proof.pulse);
          } catch (RuntimeException e) {
            throw spoiled(scratch, manifest, e);
          }
          proof.manifest = manifest;
          return copy;
        });
    admit(point, scratch);
  }

  /** Drops what was loaded in vain; that this may fail too must not hide why. */
  private static RuntimeException spoiled(
      Scratch scratch, Manifest manifest, RuntimeException why) {
    RuntimeException reason =
        why instanceof RunException known ? Ages.blame(scratch, manifest, known) : why;
    try {
      scratch.drop();
    } catch (RunException e) {
      LOG.warn("What was loaded in vain is still there: {}", e.getMessage());
    }
    return reason;
  }

  private static void admit(Point point, Scratch scratch) {
    try {
      scratch.admitReader();
    } catch (SQLException e) {
      throw new RunException(
          Code.DENIED,
          point.id(),
          false,
          "The role that may only read could not be made for the proof of %s: give the scratch connection's user CREATEROLE."
              .formatted(point.id()),
          e);
    }
  }
}
