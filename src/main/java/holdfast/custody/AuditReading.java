package holdfast.custody;

import holdfast.custody.AuditDocument.Name;
import holdfast.journal.Audit;
import holdfast.journal.Code;
import holdfast.journal.RunException;
import holdfast.journal.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads every copy in a store and holds it against the journal. */
final class AuditReading {

  private final Transaction journal;
  private final Audit audit;

  AuditReading(Transaction journal, Audit audit) {
    this.journal = journal;
    this.audit = audit;
  }

  /** Entries of the journal behind one of them, in their order. */
  List<Audit.Entry> entries(long after, int limit) {
    return journal.in(() -> audit.after(after, limit));
  }

  /**
   * How one store compares.
   *
   * @param opened opens it; what that throws counts as unread
   * @param put the last entry that was ever put there
   */
  AuditVerdict.Copy compare(String storeName, Supplier<AuditShelf> opened, long put) {
    long through = 0;
    try {
      AuditShelf shelf = opened.get();
      String ours = entries(0, 1).stream().findFirst().map(Audit.Entry::hash).orElse("");
      for (Name name : shelf.names(AuditDocument.FOLDER + "/")) {
        boolean own = ours.startsWith(name.chain());
        String problem = own ? gap(name, through, shelf) : stranger(shelf, name);
        if (problem != null) {
          return new AuditVerdict.Copy(storeName, through, problem, null);
        }
        through = own ? name.last() : through;
      }
      return new AuditVerdict.Copy(storeName, through, removed(storeName, through, put), null);
    } catch (RuntimeException e) {
      RunException failure = RunException.from(e, storeName);
      return failure.code() == Code.CORRUPT
          ? new AuditVerdict.Copy(storeName, through, failure.getMessage(), null)
          : new AuditVerdict.Copy(storeName, through, null, failure.getMessage());
    }
  }

  /** From the first on that the journal contradicts, and those of another chain of ours. */
  List<Name> contradicted(AuditShelf shelf) {
    String ours = entries(0, 1).stream().findFirst().map(Audit.Entry::hash).orElse("");
    List<Name> aside = new ArrayList<>();
    boolean parted = false;
    for (Name name : shelf.names(AuditDocument.FOLDER + "/")) {
      boolean own = ours.startsWith(name.chain());
      parted |= own && contradicts(shelf, name);
      if (own ? parted : stranger(shelf, name) != null) {
        aside.add(name);
      }
    }
    return aside;
  }

  private boolean contradicts(AuditShelf shelf, Name name) {
    try {
      return difference(shelf.document(name)) != null;
    } catch (RunException e) {
      if (e.code() == Code.CORRUPT) {
        return true;
      }
      throw e;
    }
  }

  /** What was put there once and is there no more; null where all is. */
  private static @Nullable String removed(String store, long through, long put) {
    return put <= through
        ? null
        : "The copies of the entries %d to %d were put into store %s and are gone from there."
            .formatted(through + 1, put, store);
  }

  private @Nullable String gap(Name name, long through, AuditShelf shelf) {
    if (name.first() > through + 1) {
      return "Store %s lacks the copies of the entries %d to %d."
          .formatted(shelf.name(), through + 1, name.first() - 1);
    }
    return difference(shelf.document(name));
  }

  /** Signed by us, but of another chain: this journal has not always been the one we keep. */
  private @Nullable String stranger(AuditShelf shelf, Name name) {
    try {
      shelf.document(name);
    } catch (RunException foreign) {
      if (foreign.code() == Code.CORRUPT) {
        return null;
      }
      throw foreign;
    }
    return "Store %s has copies of another audit of ours, %s: this journal replaced the one that wrote them, or its first entry was changed."
        .formatted(shelf.name(), name.chain());
  }

  /** Where the journal and a copy part; null where they agree. */
  @Nullable String difference(AuditDocument document) {
    Name name = document.name();
    List<Audit.Entry> local =
        entries(name.first() - 1, document.entries().size()).stream()
            .filter(entry -> entry.entry() <= name.last())
            .toList();
    return AuditComparison.difference(document.entries(), local);
  }
}
