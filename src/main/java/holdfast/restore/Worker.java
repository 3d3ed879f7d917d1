package holdfast.restore;

/** The thread that works, and whether it may still be interrupted. */
public final class Worker {

  private final Thread thread = Thread.currentThread();
  private boolean over;
  private boolean stopped;

  /** Whether the caller is the thread that works. */
  public boolean isMe() {
    return Thread.currentThread() == thread;
  }

  /** Interrupts the work unless it is over; safe from any thread. */
  public synchronized void stop() {
    if (!over) {
      stopped = true;
      thread.interrupt();
    }
  }

  /** The work is over; what comes after it can wait again. */
  public synchronized void done() {
    over = true;
    if (stopped) {
      Thread.interrupted();
    }
  }
}
