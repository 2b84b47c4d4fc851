import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.gephi.io.importer.api.ColumnDraft;
import org.gephi.io.importer.api.EdgeDraft;
import org.gephi.io.importer.api.ElementDraft;
import org.gephi.io.importer.api.Issue;
import org.gephi.io.importer.api.NodeDraft;
import org.gephi.io.importer.api.Report;
import org.gephi.io.importer.impl.ImportContainerImpl;
import org.gephi.io.importer.plugin.file.ImporterGEXF;
import org.gephi.io.importer.plugin.file.ImporterGraphML;
import org.gephi.io.importer.spi.FileImporter;

/** Reads files as Gephi does when one is opened there, and prints what it took in, a value a line. */
class GephiReads {
    static final PrintStream OUT = new PrintStream(System.out, false, StandardCharsets.UTF_8);

    public static void main(String[] files) throws Exception {
        for (String file : files) {
            read(Path.of(file));
        }
        OUT.flush();
    }

    static void read(Path file) throws Exception {
        FileImporter importer = file.toString().endsWith(".gexf") ? new ImporterGEXF() : new ImporterGraphML();
        ImportContainerImpl container = new ImportContainerImpl();
        container.setReport(new Report());
        try (Reader reader = Files.newBufferedReader(file)) {
            importer.setReader(reader);
            importer.execute(container.getLoader());
        }
        boolean whole = container.verify();
        container.closeLoader();
        say(file.getFileName().toString(), "file", "verified", whole);
        for (Report report : new Report[] {importer.getReport(), container.getReport()}) {
            for (Issue issue : report.getIssuesList(100)) {
                say(file.getFileName().toString(), "issue", issue.getLevel().name(), issue.getMessage());
            }
        }
        for (NodeDraft node : container.getUnloader().getNodes()) {
            all(file, "node", node);
        }
        for (EdgeDraft edge : container.getUnloader().getEdges()) {
            String ends = edge.getSource().getId() + " " + edge.getTarget().getId();
            say(file.getFileName().toString(), "edge", edge.getId(), "ends", ends);
            all(file, "edge", edge);
        }
    }

    static void all(Path file, String kind, ElementDraft element) {
        say(file.getFileName().toString(), kind, element.getId(), "label", element.getLabel());
        for (ColumnDraft column : element.getColumns()) {
            Object value = element.getValue(column.getTitle());
            if (value == null) {
                value = element.getValue(column.getId());
            }
            if (value != null) {
                say(file.getFileName().toString(), kind, element.getId(), column.getTitle(), value);
            }
        }
    }

    /** A line of fields; each is in Base64, as a text may hold any character. */
    static void say(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            byte[] text = String.valueOf(field).getBytes(StandardCharsets.UTF_8);
            line.append(Base64.getEncoder().encodeToString(text)).append(' ');
        }
        OUT.println(line.toString().strip());
    }
}
