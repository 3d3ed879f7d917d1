package holdfast.store;

/** The stores of the plan, by name. */
public interface Stores {

  /** The store of that name. */
  Store named(String name);
}
