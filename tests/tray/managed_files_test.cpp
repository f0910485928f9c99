#include "error_label.h"
#include "host_list_model.h"
#include "managed_files_window.h"
#include "scripted_backend.h"
#include "ssprotect/ipc/path_text.h"
#include "ssprotect/platform/shown_path.h"
#include "support/odd_files.h"
#include "version_list_model.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <gtest/gtest.h>

namespace ssprotect::tray::test {
namespace {

Json hostRow(const std::string& path, int version = 1, const std::string& state = "protected") {
    return {{"path", path},          {"file_id", "00112233445566778899aabbccddeeff"},
            {"version", version},    {"state", state},
            {"ownership", "own"},    {"mode", "optimized"},
            {"size", version * 100}, {"opened", state == "opened"}};
}

QString cell(const QAbstractItemModel& model, int row, int column) {
    return model.index(row, column).data().toString();
}

TEST(HostListModel, ShowsRowsInTheUsersWords) {
    HostListModel model;
    model.append(Json::array({hostRow("/srv/demo/offer.txt", 3), hostRow("/srv/demo/plan.txt", 12, "opened")}));
    ASSERT_EQ(model.rowCount(), 2);
    EXPECT_EQ(cell(model, 0, HostListModel::name), "offer.txt");
    EXPECT_EQ(cell(model, 0, HostListModel::folder), "/srv/demo");
    EXPECT_EQ(cell(model, 0, HostListModel::version), "v3");
    EXPECT_EQ(cell(model, 1, HostListModel::name), "plan.txt (Opened)");
    EXPECT_EQ(model.pathTextAt(1), "/srv/demo/plan.txt");
    EXPECT_FALSE(model.index(0, HostListModel::name).data(Qt::DecorationRole).isNull());
}

TEST(HostListModel, SortsNumbersAsNumbers) {
    HostListModel model;
    model.append(Json::array({hostRow("/a", 9), hostRow("/b", 10)}));
    EXPECT_LT(model.index(0, HostListModel::version).data(HostListModel::kSortRole).toInt(),
              model.index(1, HostListModel::version).data(HostListModel::kSortRole).toInt());
}

TEST(HostListModel, ShowsNamesThatAreNoUnicodeAndTakesThemBack) {
    HostListModel model;
    const auto odd = support::oddPath();
    const auto text = ipc::pathToText(odd);
    model.append(Json::array({hostRow(text)}));
    EXPECT_EQ(cell(model, 0, HostListModel::name), QString::fromStdString(platform::shownPath(odd.filename())));
    EXPECT_TRUE(cell(model, 0, HostListModel::name).contains("\\x"));
    EXPECT_EQ(model.pathTextAt(0).toStdString(), text);
}

TEST(VersionListModel, MarksWhatMayBeRestored) {
    VersionListModel model;
    model.append(Json::array({{{"version", 2}, {"restorable", true}, {"name", "a.txt"}, {"size", 5}},
                              {{"version", 1}, {"restorable", false}, {"reason", "not archived"}}}));
    EXPECT_EQ(cell(model, 0, VersionListModel::restorable), "Y");
    EXPECT_EQ(cell(model, 1, VersionListModel::restorable), "");
    EXPECT_EQ(model.index(1, 0).data(Qt::ToolTipRole), "not archived");
    EXPECT_EQ(model.lowestVersion(), 1);
}

class ManagedFiles : public testing::Test {
protected:
    ManagedFiles() {
        backend.answer("hostlist",
                       {{"hostlist", {hostRow("/srv/demo/a.txt"), hostRow("/srv/demo/b.txt", 2)}}, {"total", 2}});
        backend.answer("versions", {{"file_id", "00"}, {"versions", {{{"version", 1}}}}});
        window.show();
        window.refresh();
        settle();
    }

    ScriptedBackend backend;
    ManagedFilesWindow window{backend};
    QTableView* hosts = window.findChild<QTableView*>("hostlist");
    QTableView* versions = window.findChild<QTableView*>("versionlist");
};

TEST_F(ManagedFiles, ShowsTheVersionsOfTheChosenFile) {
    EXPECT_EQ(hosts->model()->rowCount(), 2);
    EXPECT_EQ(versions->model()->rowCount(), 0);
    hosts->selectRow(0);
    settle();
    EXPECT_EQ(versions->model()->rowCount(), 1);
    ASSERT_EQ(backend.callsOf("versions").size(), 1u);
    EXPECT_EQ(backend.callsOf("versions")[0].params["target"], "00112233445566778899aabbccddeeff");
}

TEST_F(ManagedFiles, KeepsTheSelectionOverARefresh) {
    hosts->selectRow(1);
    settle();
    emit backend.notified("hostlist.changed", Json::object());
    settle();
    const auto selected = hosts->selectionModel()->selectedRows();
    ASSERT_EQ(selected.size(), 1);
    EXPECT_EQ(selected[0].data(), "b.txt");
    EXPECT_EQ(versions->model()->rowCount(), 1);
}

TEST_F(ManagedFiles, SearchesInAllColumns) {
    window.findChild<QLineEdit*>("search")->setText("B.TX");
    EXPECT_EQ(hosts->model()->rowCount(), 1);
    window.findChild<QLineEdit*>("search")->setText("nothing like it");
    EXPECT_EQ(hosts->model()->rowCount(), 0);
}

TEST_F(ManagedFiles, AsksForTheNewestOfEachChainOnly) {
    window.findChild<QCheckBox*>()->setChecked(true);
    settle();
    EXPECT_EQ(backend.callsOf("hostlist").back().params["exclusive"], true);
}

TEST_F(ManagedFiles, ReadsAListOfManyPages) {
    backend.answer("hostlist", [](const ScriptedBackend::Call& call) {
        Json rows = Json::array();
        const int offset = call.params["offset"];
        for (int i = offset; i < std::min(offset + 500, 1200); ++i)
            rows.push_back(hostRow("/srv/f" + std::to_string(i)));
        return Result<Json>(Json{{"hostlist", rows}, {"total", 1200}});
    });
    window.refresh();
    settle();
    EXPECT_EQ(hosts->model()->rowCount(), 1200);
}

TEST_F(ManagedFiles, ReleasesAllThatIsSelected) {
    QSignalSpy asked(&window, &ManagedFilesWindow::conversionAsked);
    hosts->selectAll();
    for (auto* button : window.findChildren<QPushButton*>())
        if (button->text().contains("Release"))
            button->click();
    ASSERT_EQ(asked.size(), 1);
    EXPECT_EQ(asked[0][0], "release");
    EXPECT_EQ(asked[0][1].toStringList(), (QStringList{"/srv/demo/a.txt", "/srv/demo/b.txt"}));
}

TEST_F(ManagedFiles, ShowsARefusalInPlace) {
    backend.refuse("hostlist", ErrorCode::notLoggedIn, "nobody is logged in");
    window.refresh();
    settle();
    EXPECT_TRUE(window.findChild<ErrorLabel*>()->isVisible());
    EXPECT_EQ(hosts->model()->rowCount(), 0);
}

} // namespace
} // namespace ssprotect::tray::test
