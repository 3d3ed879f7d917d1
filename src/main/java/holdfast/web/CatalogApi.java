package holdfast.web;

import holdfast.catalog.Adoption;
import holdfast.catalog.CopyLine;
import holdfast.catalog.Copybook;
import holdfast.catalog.Inventory;
import holdfast.journal.Audit;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/** The catalog against what really rests in the stores. */
@ApiController
@RequestMapping("/api/v1")
class CatalogApi {

  private static final int TROUBLED_MAX = 1_000;

  record RebuildRequest(String store) {}

  /**
   * What a scan of a store came to.
   *
   * @param points folders of points, whatever became of them
   * @param adopted points that were not known, and that are SUSPECT until they are read
   * @param copies the same, of points that were known
   * @param others what was not taken, and why
   */
  record Rebuilt(
      String store,
      long objects,
      long bytes,
      int points,
      long known,
      long adopted,
      long copies,
      long removed,
      List<Other> others) {

    static Rebuilt of(Inventory.Scan scan) {
      return new Rebuilt(
          scan.store(),
          scan.objects(),
          scan.bytes(),
          scan.folders().size(),
          scan.count(Adoption.Fate.KNOWN),
          scan.count(Adoption.Fate.ADOPTED),
          scan.count(Adoption.Fate.COPY_ADOPTED),
          scan.count(Adoption.Fate.REMOVED),
          scan.folders().stream()
              .map(Inventory.Line::found)
              .filter(found -> !found.reason().isEmpty())
              .map(
                  found ->
                      new Other(
                          found.folder().asset() + " " + found.folder().point(),
                          found.fate().name(),
                          found.reason()))
              .toList());
    }
  }

  /** A folder that was not taken. */
  record Other(String point, String fate, String reason) {}

  private final Inventory inventory;
  private final Copybook copies;
  private final Audit audit;

  CatalogApi(Inventory inventory, Copybook copies, Audit audit) {
    this.inventory = inventory;
    this.copies = copies;
    this.audit = audit;
  }

  /** Takes into the catalog what rests in a store and is not in it. */
  @Needs(Role.ADMIN)
  @PostMapping("/catalog/rebuild")
  Rebuilt rebuild(@RequestBody RebuildRequest request, Principal caller) {
    audit.append(caller.getName(), "catalog.rebuild", request.store(), Map.of());
    return Rebuilt.of(inventory.scan(request.store(), line -> {}));
  }

  /** Copies that are missing, damaged or under suspicion. */
  @Needs(Role.VIEWER)
  @GetMapping("/copies/troubled")
  List<CopyLine> troubled() {
    return copies.troubled(TROUBLED_MAX);
  }
}
