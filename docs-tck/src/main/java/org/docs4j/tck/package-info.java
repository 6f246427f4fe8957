/**
 * The compatibility kit: for each seam a class of tests, named after the rules of that seam; extend it and hand it your
 * implementation.
 */
package org.docs4j.tck;
