#include "code_prompt.h"

#include "icons.h"
#include "prompt_heading.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QRegularExpressionValidator>
#include <QVBoxLayout>

namespace ssprotect::tray {
namespace {

QString purposeOf(const std::string& operation) {
    if (operation == "login")
        return CodePrompt::tr("To log in");
    if (operation == "refresh")
        return CodePrompt::tr("To refresh the login");
    if (operation == "activate")
        return CodePrompt::tr("To protect files");
    if (operation == "release")
        return CodePrompt::tr("To take the protection off files");
    if (operation == "open")
        return CodePrompt::tr("To open a protected file");
    if (operation == "second_factor.sync")
        return CodePrompt::tr("To bring the token back in step");
    if (operation == "token.use_oath" || operation == "token.use_software")
        return CodePrompt::tr("To change where the codes come from");
    if (operation == "account.change_password")
        return CodePrompt::tr("To change the password");
    if (operation == "keys.export")
        return CodePrompt::tr("To note that the keys were exported");
    if (operation == "account.set")
        return CodePrompt::tr("To change settings of your account");
    if (operation == "audit" || operation == "report")
        return CodePrompt::tr("To read the audit trail");
    return CodePrompt::tr("For the operation %1").arg(QString::fromStdString(operation));
}

QString questionFor(const app::CodeRequest& request) {
    return request.following ? CodePrompt::tr("Which code does your token show next?")
                             : CodePrompt::tr("Which code does your token show?");
}

QLabel* plainLabel(const QString& text, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    return label;
}

} // namespace

CodePrompt::CodePrompt(const app::CodeRequest& request, std::function<void(app::CodeAnswer)> answer, QWidget* parent)
    : QDialog(parent), answer_(std::move(answer)), digits_(static_cast<int>(request.digits)),
      secondsLeft_(static_cast<int>(request.seconds.count())), code_(new QLineEdit(this)), time_(new QLabel(this)),
      bar_(new QProgressBar(this)) {
    setWindowTitle(tr("SSProtect asks"));
    setWindowFlag(Qt::WindowStaysOnTopHint);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowIcon(shieldIcon(Shield::loggedIn));

    // Spaces as people group the digits; one at the end of each is more than enough.
    code_->setValidator(new QRegularExpressionValidator(QRegularExpression("[0-9 ]*"), this));
    code_->setMaxLength(2 * digits_);
    code_->setInputMethodHints(Qt::ImhDigitsOnly | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    code_->setPlaceholderText(tr("%n digits", nullptr, digits_));
    code_->setAccessibleName(tr("Code of the token"));
    code_->setAccessibleDescription(purposeOf(request.operation) + ". " + tr("%n digits", nullptr, digits_));
    code_->setMinimumWidth(fontMetrics().averageCharWidth() * 40);
    auto* caption = new QLabel(tr("&Code of the token:"), this);
    caption->setBuddy(code_);
    auto* fields = new QFormLayout;
    fields->addRow(caption, code_);

    bar_->setRange(0, std::max(1, secondsLeft_));
    bar_->setTextVisible(false);
    bar_->setFixedHeight(6);
    bar_->setAccessibleName(tr("Time left"));

    auto* buttons = new QDialogButtonBox(this);
    give_ = buttons->addButton(tr("&Give"), QDialogButtonBox::AcceptRole);
    auto* deny = buttons->addButton(tr("&Deny"), QDialogButtonBox::RejectRole);
    give_->setObjectName("give");
    deny->setObjectName("deny");
    deny->setAutoDefault(false);
    give_->setDefault(true);
    connect(give_, &QPushButton::clicked, this, [this] { finish(app::Acknowledgement::allowed); });
    connect(deny, &QPushButton::clicked, this, [this] { finish(app::Acknowledgement::denied); });
    connect(this, &QDialog::rejected, this, [this] { finish(app::Acknowledgement::denied); });
    connect(code_, &QLineEdit::textChanged, this, &CodePrompt::showWhetherComplete);

    auto* column = new QVBoxLayout(this);
    column->addLayout(promptHeading(questionFor(request), this));
    column->addWidget(plainLabel(purposeOf(request.operation), this));
    column->addLayout(fields);
    column->addWidget(time_);
    column->addWidget(bar_);
    column->addWidget(buttons);
    column->setSizeConstraint(QLayout::SetFixedSize);

    code_->setFocus();
    showWhetherComplete();
    showTime();
    connect(&timer_, &QTimer::timeout, this, &CodePrompt::tick);
    timer_.start(std::chrono::seconds(1));
}

CodePrompt::~CodePrompt() {
    if (answer_)
        answer_({app::Acknowledgement::denied, {}});
}

void CodePrompt::tick() {
    if (--secondsLeft_ <= 0)
        return finish(app::Acknowledgement::timedOut);
    showTime();
}

void CodePrompt::finish(app::Acknowledgement given) {
    timer_.stop();
    app::CodeAnswer answer{given, {}};
    if (given == app::Acknowledgement::allowed) {
        const auto digits = code_->text().remove(' ').toLatin1();
        answer.code.assign(digits.begin(), digits.end());
    }
    if (auto taker = std::exchange(answer_, nullptr))
        taker(std::move(answer));
    close();
}

void CodePrompt::showTime() {
    time_->setText(tr("Without a code it is denied in %1 s.").arg(secondsLeft_));
    bar_->setValue(secondsLeft_);
}

void CodePrompt::showWhetherComplete() { give_->setEnabled(code_->text().remove(' ').size() == digits_); }

} // namespace ssprotect::tray
