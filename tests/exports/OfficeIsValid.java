import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.namespace.QName;
import org.apache.poi.schemas.ooxml.system.ooxml.TypeSystemHolder;
import org.apache.xmlbeans.SchemaTypeLoader;
import org.apache.xmlbeans.XmlBeans;
import org.apache.xmlbeans.XmlError;
import org.apache.xmlbeans.XmlObject;
import org.apache.xmlbeans.XmlOptions;
import org.apache.xmlbeans.XmlValidationError;

/** Holds each part of office files against the schemas of ECMA-376, and prints its kind and its faults. */
class OfficeIsValid {
    public static void main(String[] files) throws Exception {
        SchemaTypeLoader schemas = XmlBeans.typeLoaderUnion(XmlBeans.getBuiltinTypeSystem(), TypeSystemHolder.typeSystem);
        for (String file : files) {
            try (ZipFile packed = new ZipFile(file)) {
                for (ZipEntry part : Collections.list(packed.entries())) {
                    if (part.getName().endsWith(".xml")) {
                        XmlObject found = schemas.parse(packed.getInputStream(part), null, null);
                        tell(found, Path.of(file).getFileName() + "\t" + part.getName() + "\t");
                    }
                }
            }
        }
    }

    static void tell(XmlObject found, String place) {
        QName root = found.schemaType().getDocumentElementName();
        System.out.println(place + (root == null ? "no schema" : root.getLocalPart()));
        if (root == null) {
            return;
        }
        List<XmlError> faults = new ArrayList<>();
        found.validate(new XmlOptions().setErrorListener(faults));
        for (XmlError fault : faults) {
            if (!mayBeIgnored(fault)) {
                System.out.println(place + "fault: " + fault.getMessage());
            }
        }
    }

    /** What a reader leaves out that does not know it (ECMA-376, part 3): later additions, and the list of them. */
    static boolean mayBeIgnored(XmlError fault) {
        QName about = fault instanceof XmlValidationError ? ((XmlValidationError) fault).getOffendingQName() : null;
        String space = about == null ? "" : about.getNamespaceURI();
        return space.equals("http://schemas.openxmlformats.org/markup-compatibility/2006")
                || space.startsWith("http://schemas.microsoft.com/office/word/20");
    }
}
