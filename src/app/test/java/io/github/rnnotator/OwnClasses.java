package io.github.rnnotator;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The classes of all modules on the class path, without those of tests. */
final class OwnClasses {
  private OwnClasses() {}

  static JavaClasses all() {
    return new ClassFileImporter()
        .withImportOption(location -> !location.contains("/test-classes/"))
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("io.github.rnnotator");
  }
}
