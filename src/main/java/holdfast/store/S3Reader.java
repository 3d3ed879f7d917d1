package holdfast.store;

import java.io.FilterInputStream;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** An object's bytes; closing early drops the connection instead of reading what is left. */
final class S3Reader extends FilterInputStream {

  private final ResponseInputStream<GetObjectResponse> response;
  private boolean ended;

  S3Reader(ResponseInputStream<GetObjectResponse> response) {
    super(response);
    this.response = response;
  }

  @Override
  public int read() throws IOException {
    int one = super.read();
    ended |= one < 0;
    return one;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int given = super.read(into, offset, length);
    ended |= given < 0;
    return given;
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      response.abort();
    }
    super.close();
  }
}
