package edu.cumc.aou.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * A disk for H2, at {@code jdbc:h2:fulldisk:PATH}, that can be full. H2 makes one for each file.
 */
public final class FullDisk extends FilePathWrapper {

  private static volatile boolean full;

  /** Lets H2 know it. */
  static void mount() {
    full = false;
    FilePath.register(new FullDisk());
  }

  static void fill() {
    full = true;
  }

  static void makeRoom() {
    full = false;
  }

  @Override
  public String getScheme() {
    return "fulldisk";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return new Channel(super.open(mode));
  }

  private static void write() throws IOException {
    if (full) {
      throw new IOException("No space left on device");
    }
  }

  private static final class Channel extends FileBaseDefault {
    private final FileChannel file;

    Channel(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
      return file.read(into, position);
    }

    @Override
    public int write(ByteBuffer from, long position) throws IOException {
      FullDisk.write();
      return file.write(from, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
