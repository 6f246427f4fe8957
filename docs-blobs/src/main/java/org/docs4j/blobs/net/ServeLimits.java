package org.docs4j.blobs.net;

/**
 * What all requests share.
 *
 * @param answers requests that are being answered
 * @param large requests that are unusually long and still arriving
 */
record ServeLimits(Permits answers, Permits large) {
  private static final int LARGE = 8;

  static ServeLimits of(int answers) {
    return new ServeLimits(new Permits(answers), new Permits(LARGE));
  }
}
