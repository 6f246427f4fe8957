import org.jspecify.annotations.NullMarked;

/** Values, wire formats and seams of Docs4J. */
@NullMarked
module org.docs4j.api {
    requires static transitive org.jspecify;
    requires org.bouncycastle.provider;
}
