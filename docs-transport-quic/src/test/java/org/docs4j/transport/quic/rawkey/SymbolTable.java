package org.docs4j.transport.quic.rawkey;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** The functions that the symbol table of a native library names, exported or not: ELF and Mach-O, 64 bits. */
final class SymbolTable {
  private static final int ELF = 0x464c457f;
  private static final int MACH_O = 0xfeedfacf;

  private final ByteBuffer file;
  private final Map<String, Long> addresses = new TreeMap<>();

  private SymbolTable(byte[] bytes) {
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns name and address of each symbol that is defined, without the underscore that Mach-O puts before. */
  static Map<String, Long> read(byte[] library) {
    SymbolTable table = new SymbolTable(library);
    switch (table.file.getInt(0)) {
      case ELF -> table.elf();
      case MACH_O -> table.machO();
      default -> throw new IllegalArgumentException("neither ELF nor Mach-O of 64 bits");
    }
    return table.addresses;
  }

  /** System V ABI, chapter 4: section headers of 64 bytes, symbols of 24. */
  private void elf() {
    int sections = (int) file.getLong(0x28);
    int count = Short.toUnsignedInt(file.getShort(0x3c));
    for (int i = 0; i < count; i++) {
      int section = sections + i * 64;
      boolean symbols = file.getInt(section + 4) == 2;
      if (symbols) {
        int strings = (int) file.getLong(sections + file.getInt(section + 40) * 64 + 24);
        int begin = (int) file.getLong(section + 24);
        int end = begin + (int) file.getLong(section + 32);
        for (int symbol = begin; symbol < end; symbol += 24) {
          boolean function = (file.get(symbol + 4) & 0xf) == 2;
          if (function && file.getShort(symbol + 6) != 0) {
            addresses.put(text(strings + file.getInt(symbol)), file.getLong(symbol + 8));
          }
        }
      }
    }
  }

  /** The header mach-o/loader.h: after 32 bytes the load commands, of which LC_SYMTAB leads to entries of 16 bytes. */
  private void machO() {
    int command = 32;
    for (int i = 0; i < file.getInt(16); i++) {
      if (file.getInt(command) == 2) {
        int strings = file.getInt(command + 16);
        int begin = file.getInt(command + 8);
        for (int symbol = begin; symbol < begin + file.getInt(command + 12) * 16; symbol += 16) {
          boolean inSection = (file.get(symbol + 4) & 0xee) == 0x0e;
          String name = text(strings + file.getInt(symbol));
          if (inSection && name.startsWith("_")) {
            addresses.put(name.substring(1), file.getLong(symbol + 8));
          }
        }
      }
      command += file.getInt(command + 4);
    }
  }

  private String text(int begin) {
    int end = begin;
    while (file.get(end) != 0) {
      end++;
    }
    return new String(file.array(), begin, end - begin, US_ASCII);
  }
}
