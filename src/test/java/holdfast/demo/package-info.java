/**
 * The demo: one real database, one S3 server, one mail server and one receiver, and Holdfast
 * between them.
 */
@NullMarked
package holdfast.demo;

import org.jspecify.annotations.NullMarked;
