#include "managed/document_names.h"

#include <string>

#include <gtest/gtest.h>

namespace ssprotect::managed {
namespace {

struct Case {
    std::string name;
    std::string document;
    NameKind kind;
};

void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name << " beside " << tested.document; }

class DocumentNames : public testing::TestWithParam<Case> {};

TEST_P(DocumentNames, TellWhatAFileBesideTheDocumentIs) {
    EXPECT_EQ(kindOf(GetParam().name, GetParam().document), GetParam().kind) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(
    Known, DocumentNames,
    testing::Values(
        Case{"report.docx", "report.docx", NameKind::document},
        Case{"~$report.docx", "report.docx", NameKind::ownerFile},
        Case{"~$port.docx", "report.docx", NameKind::ownerFile},
        Case{"~$eport.docx", "report.docx", NameKind::ownerFile}, Case{"~$other.docx", "report.docx", NameKind::other},
        Case{".~lock.report.odt#", "report.odt", NameKind::ownerFile},
        Case{".~lock.other.odt#", "report.odt", NameKind::other},
        Case{".notes.txt.swp", "notes.txt", NameKind::ownerFile},
        Case{".notes.txt.swo", "notes.txt", NameKind::ownerFile}, Case{".notes.txt.swf9", "notes.txt", NameKind::other},
        Case{".#notes.txt", "notes.txt", NameKind::ownerFile},
        Case{".notes.txt.kate-swp", "notes.txt", NameKind::ownerFile},
        Case{"plan.dwl", "plan.dwg", NameKind::ownerFile}, Case{"stock.laccdb", "stock.accdb", NameKind::ownerFile},
        Case{"#notes.txt#", "notes.txt", NameKind::scratch}, Case{"notes.txt~", "notes.txt", NameKind::scratch},
        Case{"notes.txt.bak", "notes.txt", NameKind::scratch}, Case{"notes.bak", "notes.txt", NameKind::scratch},
        Case{"notes.txt.aB3dEf", "notes.txt", NameKind::scratch},
        Case{".goutputstream-A1B2C3", "notes.txt", NameKind::scratch},
        Case{"lu1234abcd.tmp", "report.odt", NameKind::scratch},
        Case{".ssp-0123456789abcdef~", "notes.txt", NameKind::scratch}, Case{"4913", "notes.txt", NameKind::scratch},
        Case{"notes.pdf", "notes.txt", NameKind::other}, Case{"notes.txt.pdf", "notes.txt", NameKind::other},
        Case{"picture.png", "notes.txt", NameKind::other}, Case{"tilde~", "tilde~", NameKind::document},
        Case{"~$", "x", NameKind::other}));

} // namespace
} // namespace ssprotect::managed
