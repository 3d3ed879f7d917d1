package holdfast.restore;

/** The thread that works, and whether it may still be interrupted. */
public final class Worker {

  private final Thread thread = Thread.currentThread();
  private boolean over;
  private boolean stopped;
  private boolean undisturbed;

  /** Whether the caller is the thread that works. */
  public boolean isMe() {
    return Thread.currentThread() == thread;
  }

  /** Interrupts the work unless it is over; safe from any thread. */
  public synchronized void stop() {
    if (!over) {
      stopped = true;
      if (!undisturbed) {
        thread.interrupt();
      }
    }
  }

  /** Does what must be able to wait; an interrupt from before, or meanwhile, follows it. */
  void undisturbed(Runnable cleaning) {
    boolean interrupted = shield();
    try {
      cleaning.run();
    } finally {
      unshield(interrupted);
    }
  }

  private synchronized boolean shield() {
    undisturbed = true;
    return Thread.interrupted();
  }

  private synchronized void unshield(boolean interrupted) {
    undisturbed = false;
    if (interrupted || stopped) {
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
