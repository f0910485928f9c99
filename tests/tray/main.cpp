#include <QApplication>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
    // Tests need no display where Qt can do without; whoever wants to watch says otherwise.
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", SSPROTECT_TEST_DISPLAY);
    testing::InitGoogleTest(&argc, argv);
    const QApplication qt(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    return RUN_ALL_TESTS();
}
