import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes the description of an API from a jar: the public and protected types, fields and methods of
 * the packages that are API, without a line of code. See README.md in this folder.
 */
final class Describe {
  private Describe() {}

  public static void main(String[] args) throws IOException {
    TreeMap<String, byte[]> classes = new TreeMap<>();
    try (JarFile jar = new JarFile(args[0])) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".class") && !entry.getName().contains("/internal/")) {
          try (InputStream in = jar.getInputStream(entry)) {
            ClassReader reader = new ClassReader(in.readAllBytes());
            if (seen(reader.getAccess())) {
              classes.put(entry.getName(), bare(reader));
            }
          }
        }
      }
    }
    try (OutputStream out = Files.newOutputStream(Path.of(args[1]));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (var type : classes.entrySet()) {
        ZipEntry entry = new ZipEntry(type.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(type.getValue());
      }
    }
  }

  private static boolean seen(int access) {
    return (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
        && (access & Opcodes.ACC_SYNTHETIC) == 0;
  }

  private static byte[] bare(ClassReader reader) {
    ClassWriter writer = new ClassWriter(0);
    reader.accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            return null;
          }

          @Override
          public FieldVisitor visitField(
              int access, String name, String descriptor, String signature, Object value) {
            return seen(access)
                ? super.visitField(access, name, descriptor, signature, value)
                : null;
          }

          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            if (seen(access)) {
              super.visitMethod(access, name, descriptor, signature, exceptions);
            }
            return null; // without its code
          }
        },
        ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return writer.toByteArray();
  }
}
