package holdfast.catalog;

import holdfast.journal.Run;
import holdfast.journal.RunException;
import holdfast.plan.Asset;
import holdfast.store.Key;
import holdfast.store.Store;
import holdfast.stream.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a ticket's evidence makes a point GOOD. Pure: what had to be looked at comes along. */
final class Ruling {

  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * What was looked at for this ruling.
   *
   * @param recipients fingerprints of the plan's recipients
   * @param signer fingerprint of the signing key
   * @param signatureProblem why the manifest's signature does not count; absent when it does
   * @param silent stores that report no checksum for any object
   */
  record Seen(
      List<String> recipients,
      String signer,
      @Nullable String signatureProblem,
      Set<String> silent) {}

  private final Ticket ticket;
  private final Seen seen;
  private final List<String> missing = new ArrayList<>();

  private Ruling(Ticket ticket, Seen seen) {
    this.ticket = ticket;
    this.seen = seen;
  }

  /** What is not there or does not agree, each as a few words; empty makes the point GOOD. */
  static List<String> missing(Ticket ticket, Seen seen) {
    Ruling ruling = new Ruling(ticket, seen);
    ruling.claim();
    Recipe.refusal(ticket).ifPresent(sentence -> ruling.missing.add("the plan's recipe"));
    Evidence evidence = ticket.evidence();
    if (evidence == null) {
      ruling.missing.add("a transfer");
    } else {
      ruling.source(evidence);
      ruling.need(whole(evidence.plain()), "length and SHA-256 of the plain bytes");
      ruling.need(whole(evidence.sealed()), "length and SHA-256 of the sealed bytes");
      ruling.need(evidence.point().equals(ticket.runId()), "evidence of this run");
      ruling.copies(evidence);
      ruling.manifest(evidence);
    }
    return List.copyOf(ruling.missing);
  }

  private void need(boolean there, String what) {
    if (!there) {
      missing.add(what);
    }
  }

  private void claim() {
    Run run = ticket.run();
    need(
        run != null
            && run.kind() == Run.Kind.BACKUP
            && run.id().equals(ticket.runId())
            && run.asset().equals(ticket.asset().id())
            && run.token() > 0,
        "a claimed run");
  }

  private void source(Evidence evidence) {
    int announced = evidence.source().entriesWithData();
    int read = evidence.source().entriesRead();
    need(
        announced == read,
        "data of %d of the dump's %d entries".formatted(announced - read, announced));
    need(!evidence.source().exits().isEmpty(), "the exit codes of the dump's programs");
  }

  /** Every store has its copy or a reason why not, and enough have it. */
  private void copies(Evidence evidence) {
    List<String> there =
        ticket.asset().stores().stream()
            .filter(store -> !evidence.lost().containsKey(store))
            .toList();
    int required = ticket.asset().copies().required();
    need(
        there.size() >= required,
        "%d good copies where there are %d".formatted(required, there.size()));
    there.forEach(store -> copy(store, evidence));
  }

  private void copy(String store, Evidence evidence) {
    List<Store.Receipt> receipts =
        evidence.receipts().stream().filter(receipt -> receipt.store().equals(store)).toList();
    need(receipts.size() == 1, "one receipt of store " + store);
    need(ticket.confirmed().contains(store), "an independent look at the copy in store " + store);
    for (Store.Receipt receipt : receipts) {
      need(
          receipt.head().bytes() == evidence.sealed().bytes(),
          "the sealed length in store " + store);
      need(
          receipt.head().checksum() != null || seen.silent().contains(store),
          "the checksum of store " + store);
      need(
          receipt.key().equals(key(ticket.asset(), evidence)),
          "the point's own key in store " + store);
    }
  }

  static Key key(Asset asset, Evidence evidence) {
    String name = Layout.data(evidence.source().extension(), asset.pipeline().compression());
    return Layout.folder(asset.id(), evidence.point()).child(name);
  }

  private void manifest(Evidence evidence) {
    Optional<Manifest> read = parsed(evidence);
    need(read.isPresent(), "a manifest that can be read");
    read.ifPresent(manifest -> agreement(manifest, evidence));
    need(
        seen.signatureProblem() == null,
        "a valid signature of the manifest (" + seen.signatureProblem() + ")");
  }

  private void agreement(Manifest manifest, Evidence evidence) {
    Run run = ticket.run();
    Key key = key(ticket.asset(), evidence);
    agree(manifest.point().equals(ticket.runId()), "point");
    agree(manifest.asset().equals(ticket.asset().id().toString()), "asset");
    agree(run != null && manifest.token() == run.token(), "fencing token");
    agree(key.path().endsWith("/" + manifest.data()), "object");
    agree(manifest.format().equals(evidence.source().format()), "format");
    agree(manifest.pipeline().equals(ticket.asset().pipeline()), "pipeline");
    agree(manifest.plain().equals(evidence.plain()), "plain length and hash");
    agree(manifest.sealed().equals(evidence.sealed()), "sealed length and hash");
    agree(manifest.rows().dump().equals(evidence.source().rows()), "row counts");
    agree(manifest.keys().recipients().equals(seen.recipients()), "recipients' keys");
    agree(manifest.keys().signer().equals(seen.signer()), "signing key");
  }

  private void agree(boolean agrees, String on) {
    need(agrees, "a manifest that agrees on the " + on);
  }

  private static Optional<Manifest> parsed(Evidence evidence) {
    try {
      return Optional.of(Manifest.parse(evidence.manifest(), evidence.point()));
    } catch (RunException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean whole(Digest digest) {
    return digest.bytes() > 0 && SHA256.matcher(digest.sha256()).matches();
  }
}
