import { registry } from "@web/core/registry";
import { GraphArchParser } from "@web/views/graph/graph_arch_parser";
import { graphView } from "@web/views/graph/graph_view";
import { PivotArchParser } from "@web/views/pivot/pivot_arch_parser";
import { pivotView } from "@web/views/pivot/pivot_view";

/** Says what is counted, by the title of the view, where Odoo says “Count”. */
const naming = (Parser) =>
    class extends Parser {
        parse() {
            const info = super.parse(...arguments);
            info.fieldAttrs.__count = { string: info.title };
            return info;
        }
    };

const views = registry.category("views");
views.add("vanban_pivot", { ...pivotView, ArchParser: naming(PivotArchParser) });
views.add("vanban_graph", { ...graphView, ArchParser: naming(GraphArchParser) });
