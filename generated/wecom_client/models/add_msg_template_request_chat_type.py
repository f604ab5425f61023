from typing import Literal

AddMsgTemplateRequestChatType = Literal["group", "single"]

ADD_MSG_TEMPLATE_REQUEST_CHAT_TYPE_VALUES: set[AddMsgTemplateRequestChatType] = {
    "group",
    "single",
}


def check_add_msg_template_request_chat_type(value: str) -> AddMsgTemplateRequestChatType:
    if value in ADD_MSG_TEMPLATE_REQUEST_CHAT_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {ADD_MSG_TEMPLATE_REQUEST_CHAT_TYPE_VALUES!r}"
    )
